package dev.nori.wal.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the log acknowledged and, where asked to, writes the number of each line the moment it is: decimal, one
 * to a line, everything that became acknowledged together in one write. One thread at a time reports; any may count.
 */
final class Acks {
    private static final int MOST_DIGITS = 20;

    private final AtomicLong count = new AtomicLong();
    private final OutputStream out;
    private byte[] digits = new byte[MOST_DIGITS];

    /** Every number goes to {@code out}, which must not hold anything back. */
    static Acks writtenTo(OutputStream out) {
        return new Acks(out);
    }

    /** Counting only. */
    static Acks countedOnly() {
        return new Acks(OutputStream.nullOutputStream());
    }

    private Acks(OutputStream out) {
        this.out = out;
    }

    /** The next {@code lines} lines are acknowledged. */
    void acknowledged(int lines) throws NobodyListens {
        long first = count.get() + 1;
        count.addAndGet(lines);
        byte[] numbers = room(lines);
        int from = numbers.length;
        for (long line = first + lines - 1; line >= first; line--) from = putBefore(from, line, numbers);
        try {
            out.write(numbers, from, numbers.length - from);
        } catch (IOException e) {
            throw new NobodyListens(e);
        }
    }

    /** Lines acknowledged so far. */
    long count() {
        return count.get();
    }

    private byte[] room(int lines) {
        if (digits.length < lines * MOST_DIGITS) digits = new byte[lines * MOST_DIGITS];
        return digits;
    }

    private static int putBefore(int end, long number, byte[] digits) {
        int at = end;
        digits[--at] = '\n';
        for (long rest = number; rest > 0; rest /= 10) digits[--at] = (byte) ('0' + rest % 10);
        return at;
    }

    /** The acknowledgements have nowhere to go. */
    static final class NobodyListens extends IOException {
        private static final long serialVersionUID = 1;

        NobodyListens(IOException cause) {
            super("acknowledgements cannot be written: " + Problem.text(cause), cause);
        }
    }
}
