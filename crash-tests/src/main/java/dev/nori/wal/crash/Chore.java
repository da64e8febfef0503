package dev.nori.wal.crash;

import dev.nori.wal.Wal;

/** One kind of {@link Deed}, done to a log again and again. Each kind chooses when and where; {@link Grounds} reports. */
interface Chore {
    /** Does it once, or finds that there is nothing to do. */
    void once(Grounds grounds) throws InterruptedException;

    /** Trims the front away: as much as goes, or up to any place in the log. */
    final class TrimFront implements Chore {
        @Override
        public void once(Grounds grounds) {
            Wal wal = grounds.wal();
            long first = wal.firstPosition().bytes();
            long end = wal.endPosition().bytes();
            long position =
                    grounds.random().nextBoolean() ? end : grounds.random().nextLong(first, end + 1);
            grounds.report(new Deed.TruncateBefore(position), () -> wal.truncateBefore(Places.at(position)));
        }
    }

    /** Cuts the end off where the log had ended before, or where it ends now. */
    final class CutEnd implements Chore {
        @Override
        public void once(Grounds grounds) throws InterruptedException {
            grounds.gate().alone(() -> {
                long position = grounds.places().any(grounds.wal(), grounds.random());
                grounds.report(
                        new Deed.TruncateAfter(position), () -> grounds.wal().truncateAfter(Places.at(position)));
                grounds.places().cutAt(position);
            });
        }
    }

    /** Discards all records; the numbers go on with a higher one or a lower one. */
    final class Discard implements Chore {
        private static final int MOST_LEFT_OUT = 1000;

        @Override
        public void once(Grounds grounds) throws InterruptedException {
            grounds.gate().alone(() -> {
                long sequence = grounds.random().nextLong(grounds.wal().nextSequence() + MOST_LEFT_OUT);
                grounds.report(new Deed.Reset(sequence), () -> grounds.wal().reset(sequence));
                grounds.places().cutAt(0);
            });
        }
    }

    /** Notes a checkpoint where the log had ended before, or where it ends now. */
    final class NoteCheckpoint implements Chore {
        @Override
        public void once(Grounds grounds) {
            long position = grounds.places().any(grounds.wal(), grounds.random());
            long note = grounds.nextNote();
            grounds.report(
                    new Deed.Checkpoint(position, note),
                    () -> grounds.wal().checkpoint(Places.at(position), NoteContent.of(note)));
        }
    }

    /** Keeps other metadata. */
    final class KeepMetadata implements Chore {
        @Override
        public void once(Grounds grounds) {
            long note = grounds.nextNote();
            grounds.report(new Deed.SetMetadata(note), () -> grounds.wal().setMetadata(NoteContent.of(note)));
        }
    }
}
