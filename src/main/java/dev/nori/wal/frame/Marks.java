package dev.nori.wal.frame;

/**
 * Marks: the log writes into itself how far it was durable and which generation follows.
 *
 * <pre>
 *   payload:   0                  8                          16           20       24
 *              +------------------+--------------------------+------------+--------+
 *              | durable position | next record's sequence   | generation | reason |
 *              +------------------+--------------------------+------------+--------+
 * </pre>
 *
 * <p>A mark's checksum uses the generation it carries, so a mark proves itself.
 */
public final class Marks {
    /** Written with a flush group. */
    public static final int GROUP = 0;

    /** Begins a generation: the log was opened, or cut back. */
    public static final int OPEN = 1;

    /** The log was closed in order; everything before is durable. */
    public static final int CLOSE = 2;

    /** Every open begins a higher generation, and none is higher than this one. */
    public static final int LAST_GENERATION = 0xFFFF_FFFF;

    /** Why a log of the last generation is refused. */
    public static final String NO_GENERATION_LEFT = "generation 4294967295 is the last one: no other can follow it";

    static final int DURABLE_OFFSET = 0;
    static final int SEQUENCE_OFFSET = 8;
    static final int GENERATION_OFFSET = 16;
    static final int REASON_OFFSET = 20;

    private Marks() {}

    /**
     * Appends the payload of a mark.
     *
     * @param durable everything before this position was durable when the mark was made
     * @param sequence of the next record
     * @param generation in force from this mark on
     * @param reason {@link #GROUP}, {@link #OPEN} or {@link #CLOSE}
     */
    public static void writePayload(PayloadSink sink, long durable, long sequence, int generation, int reason) {
        if (reason < GROUP || reason > CLOSE) throw new IllegalArgumentException("no such reason: " + reason);
        sink.putLong(durable);
        sink.putLong(sequence);
        sink.putInt(generation);
        sink.putInt(reason);
    }
}
