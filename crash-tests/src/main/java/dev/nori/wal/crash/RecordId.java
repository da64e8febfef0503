package dev.nori.wal.crash;

/**
 * Which record: the n-th of a writer, and its place in its batch. Its content follows from this and the seed.
 *
 * @param writer no two writers of a log have the same number, not even in different processes
 * @param n counts up from 0 for each writer, one for each record
 * @param batchIndex its place in its batch; 0 if it stands alone
 * @param batchSize records in its batch; 1 if it stands alone
 */
public record RecordId(int writer, long n, int batchIndex, int batchSize) {
    /** A record that stands alone. */
    public static RecordId single(int writer, long n) {
        return new RecordId(writer, n, 0, 1);
    }

    @Override
    public String toString() {
        String place = batchSize == 1 ? "" : " (" + (batchIndex + 1) + " of " + batchSize + ")";
        return "record " + n + " of writer " + writer + place;
    }
}
