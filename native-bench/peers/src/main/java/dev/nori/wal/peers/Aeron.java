package dev.nori.wal.peers;

import io.aeron.CommonContext;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.ArchivingMediaDriver;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.status.RecordingPos;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * Aeron Archive with its media driver in this process: what is published is recorded, and the recording's position, a number
 * in shared memory, passes a record once it is in the file and, where that is asked for, synced.
 */
final class Aeron implements Peer {
    private static final String CHANNEL = CommonContext.IPC_CHANNEL;
    private static final String NO_PEER = "aeron:udp?endpoint=localhost:0"; // asked for, never used
    private static final int STREAM = 1;
    private static final int REPLAY_STREAM = 2;
    private static final long FIRST_RECORDING = 0;
    private static final int TERM_BYTES = 16 << 20;
    private static final int FRAME_BYTES = 65_504; // the largest there is
    private static final int NO_SYNC = 0;
    private static final int SYNC_DATA = 1;

    private final Archived archived;
    private final Publication publication;
    private final CountersReader counters;
    private final int position;

    private Aeron(Archived archived) {
        this.archived = archived;
        this.publication = archived.client.addRecordedPublication(CHANNEL, STREAM);
        this.counters = archived.client.context().aeron().countersReader();
        this.position = counterOnceRecording();
    }

    static Aeron open(Path directory, Promise promise) {
        return new Aeron(Archived.in(directory, promise == Promise.LATER ? NO_SYNC : SYNC_DATA));
    }

    static void read(Path directory, Consumer<byte[]> sink) {
        try (Archived archived = Archived.in(directory, NO_SYNC);
                Subscription replay = archived.client.replay(
                        FIRST_RECORDING, 0, AeronArchive.REPLAY_ALL_AND_STOP, CHANNEL, REPLAY_STREAM)) {
            readAll(replay, archived.client.getStopPosition(FIRST_RECORDING), sink);
        }
    }

    private static void readAll(Subscription replay, long end, Consumer<byte[]> sink) {
        FragmentAssembler records = new FragmentAssembler((buffer, offset, length, header) -> {
            byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            sink.accept(record);
        });
        IdleStrategy idle = patience();
        while (!replay.isConnected()) idle.idle();
        Image image = replay.imageAtIndex(0);
        while (image.position() < end) {
            if (image.isClosed()) throw new IllegalStateException("the replay ended at " + image.position());
            idle.idle(image.poll(records, Integer.MAX_VALUE));
        }
    }

    private int counterOnceRecording() {
        IdleStrategy idle = patience();
        for (; ; idle.idle()) {
            int counter =
                    RecordingPos.findCounterIdBySession(counters, publication.sessionId(), archived.client.archiveId());
            if (counter != CountersReader.NULL_COUNTER_ID && publication.isConnected()) return counter;
        }
    }

    // Spins, gives way, sleeps, as Aeron's own threads do; but never long, for a sync takes no millisecond.
    private static IdleStrategy patience() {
        return new BackoffIdleStrategy(10, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(50));
    }

    @Override
    public void append(byte[] record) {
        publish(record);
    }

    @Override
    public void appendDurably(byte[] record) {
        awaitRecorded(publish(record));
    }

    private long publish(byte[] record) {
        UnsafeBuffer buffer = new UnsafeBuffer(record);
        IdleStrategy idle = patience();
        for (; ; idle.idle()) {
            long end = publication.offer(buffer);
            if (end > 0) return end;
            if (end != Publication.BACK_PRESSURED && end != Publication.ADMIN_ACTION) {
                throw new IllegalStateException("not published: " + Publication.errorString(end));
            }
        }
    }

    private void awaitRecorded(long end) {
        IdleStrategy idle = patience();
        while (counters.getCounterValue(position) < end) {
            if (!RecordingPos.isActive(counters, position, FIRST_RECORDING)) {
                throw new IllegalStateException("the recording has ended");
            }
            idle.idle();
        }
    }

    @Override
    public void sync() {
        awaitRecorded(publication.position());
    }

    @Override
    public void close() {
        try (archived) {
            awaitRecorded(publication.position());
            archived.client.stopRecording(publication);
        }
    }

    /** The archive with its driver, and its client. */
    private record Archived(ArchivingMediaDriver driver, AeronArchive client) implements AutoCloseable {
        static Archived in(Path directory, int syncLevel) {
            String shared = CommonContext.generateRandomDirName();
            ArchivingMediaDriver driver = ArchivingMediaDriver.launch(
                    driver(shared), archive(directory, syncLevel).aeronDirectoryName(shared));
            return new Archived(driver, AeronArchive.connect(client(shared)));
        }

        private static MediaDriver.Context driver(String shared) {
            return new MediaDriver.Context()
                    .aeronDirectoryName(shared)
                    .dirDeleteOnShutdown(true)
                    .threadingMode(ThreadingMode.SHARED)
                    .ipcTermBufferLength(TERM_BYTES)
                    .ipcMtuLength(FRAME_BYTES);
        }

        private static Archive.Context archive(Path directory, int syncLevel) {
            return new Archive.Context()
                    .archiveDir(directory.toFile())
                    .fileSyncLevel(syncLevel)
                    .catalogFileSyncLevel(syncLevel)
                    .threadingMode(ArchiveThreadingMode.SHARED)
                    .idleStrategySupplier(Aeron::patience)
                    .controlChannelEnabled(false)
                    .recordingEventsEnabled(false)
                    .replicationChannel(NO_PEER)
                    .archiveClientContext(new AeronArchive.Context().controlResponseChannel(NO_PEER));
        }

        private static AeronArchive.Context client(String shared) {
            return new AeronArchive.Context()
                    .aeronDirectoryName(shared)
                    .controlRequestChannel(CHANNEL)
                    .controlResponseChannel(CHANNEL);
        }

        @Override
        public void close() {
            client.close();
            driver.close();
        }
    }
}
