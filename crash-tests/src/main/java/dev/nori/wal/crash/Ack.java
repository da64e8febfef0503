package dev.nori.wal.crash;

/**
 * One acknowledged record.
 *
 * @param index its turn among the acknowledgements of the process, from 0
 * @param writer who appended it
 * @param n the writer's count
 * @param position where the log says it starts
 * @param nanos when the append had returned, on the clock of {@link System#nanoTime}, which all processes of a Linux
 *     machine share
 */
public record Ack(int index, int writer, long n, long position, long nanos) {
    @Override
    public String toString() {
        return "record %d of writer %d at %d".formatted(n, writer, position);
    }
}
