package dev.nori.wal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines. A line is what stands before a newline, or after the last one; it is never
 * decoded, so any bytes are legal. For one thread at a time.
 */
final class Lines {
    private static final int FIRST_BUFFER_BYTES = 1 << 16;
    private static final byte NEWLINE = '\n';

    private final InputStream in;
    private final int longestBytes;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int start; // of the next line
    private int end; // of what was read
    private boolean atEnd;

    /**
     * @param longestBytes the longest line that is taken; it bounds the memory used
     */
    Lines(InputStream in, int longestBytes) {
        this.in = in;
        this.longestBytes = longestBytes;
    }

    /**
     * Waits until {@link #next} has a line to give.
     *
     * @return false at the end of the stream
     * @throws LineTooLong if there are more than {@code longestBytes} bytes without a newline
     */
    boolean fill() throws IOException {
        int searched = start;
        while (newlineFrom(searched) < 0 && !atEnd) {
            makeRoom();
            searched = end;
            int bytes = in.read(buffer, end, buffer.length - end);
            if (bytes < 0) atEnd = true;
            else end += bytes;
        }
        return start < end;
    }

    /** The next line that has been read whole, or null: {@link #fill} again. Valid until the next {@link #fill}. */
    @Nullable MemorySegment next() {
        if (start == end) return null;
        int newline = newlineFrom(start);
        if (newline < 0 && !atEnd) return null;
        int lineEnd = newline < 0 ? end : newline;
        MemorySegment line = MemorySegment.ofArray(buffer).asSlice(start, lineEnd - start);
        start = newline < 0 ? end : newline + 1;
        return line;
    }

    private int newlineFrom(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == NEWLINE) return i;
        }
        return -1;
    }

    /** Moves what is left to the front and sees that there is room behind it. */
    private void makeRoom() throws LineTooLong {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end > longestBytes) throw new LineTooLong(longestBytes);
        if (end == buffer.length) {
            long most = longestBytes + 1L;
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, Math.max(most, buffer.length + 1L)));
        }
    }

    /** A line that no log could take. */
    static final class LineTooLong extends IOException {
        private static final long serialVersionUID = 1;

        LineTooLong(int longestBytes) {
            super("it is longer than " + Sizes.inWords(longestBytes));
        }
    }
}
