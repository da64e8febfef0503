package dev.nori.wal;

/**
 * What the bytes of a log say of its state, decided when it is opened and before anything is changed. The table of facts and verdicts
 * stands in {@code docs/recovery.md}.
 */
public sealed interface Verdict {
    /** Nothing that had been durable is missing: the log opens. */
    sealed interface Sound extends Verdict {}

    /** Something that had been durable is damaged or missing: the log does not open, see {@link WalException.Corrupt}. */
    sealed interface Damage extends Verdict {
        /** Name of the file in which it begins, within the log's directory. */
        String file();

        /** Id of the segment in which it begins; {@link #NO_SEGMENT} if it is in no segment. */
        long segment();

        /** Where it begins, in bytes from the start of the file. */
        long offsetBytes();

        /** What is wrong there, for people. */
        String what();

        /** The part of the log that is in doubt. */
        LostRange lost();
    }

    /** Stands where no segment is meant. */
    long NO_SEGMENT = -1;

    /** There was no log. */
    record New() implements Sound {}

    /** Closed in order. */
    record Clean() implements Sound {}

    /**
     * Not closed in order: the process was killed or the power cut. What had not been written whole was cut.
     *
     * @param bytesCut bytes after the last whole record that were not zero; 0 if it ended between two records. In the file of a
     *     trimmed segment that is used again, what it held before is counted too
     */
    record TornTail(long bytesCut) implements Sound {}

    /** Bytes that had been durable are not what they were, and what stands there is no record. The log may go on behind them. */
    record Corrupt(String file, long segment, long offsetBytes, String what, LostRange lost) implements Damage {}

    /**
     * Files of segments are missing.
     *
     * @param file name of the first one
     * @param segment id of the first one
     * @param lastSegment id of the last one
     */
    record Gap(String file, long segment, long lastSegment, String what, LostRange lost) implements Damage {
        @Override
        public long offsetBytes() {
            return 0;
        }
    }

    /** The log ends before a place up to which it had been durable, and nothing of it stands behind its end. */
    record DurableDataLost(String file, long segment, long offsetBytes, String what, LostRange lost)
            implements Damage {}

    /** A later version wrote here, or something that this version does not know: refused, see {@link WalException.Unsupported}. */
    record Unsupported(String what) implements Verdict {}
}
