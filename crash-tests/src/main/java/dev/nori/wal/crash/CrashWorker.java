package dev.nori.wal.crash;

import com.github.luben.zstd.Zstd;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import net.jpountz.lz4.LZ4Factory;

/**
 * The process that is killed: recovers a log, reports all that is in it, goes on appending, and reports each
 * acknowledgement. So one process is at once the verifier of the crash before and the victim of the next.
 *
 * <p>Ends when its standard input does, so that none outlives the harness. {@link Transcript} explains what it reports.
 */
public final class CrashWorker {
    /** It came to its end in order. */
    public static final int DONE = 0;

    /** A write or a sync failed, or the disk is full. */
    public static final int FAILED = 5;

    /** Somebody else has the log open. */
    public static final int LOCKED = 6;

    /** The log is damaged and does not open. */
    public static final int CORRUPT = 7;

    /** The log does not open for another reason. */
    public static final int REFUSED = 8;

    /** Something happened that has no name: a bug, in the log or here. */
    public static final int BROKEN = 70;

    private static final int ORPHANED = 9;

    private final Workload workload;
    private final Reporter reporter;
    private final OptionalLong owedEnd;
    private final Semaphore permits;

    private CrashWorker(Workload workload, Reporter reporter, OptionalLong owedEnd) {
        this.workload = workload;
        this.reporter = reporter;
        this.owedEnd = owedEnd;
        this.permits = workload.pace() == Workload.Pace.LOCKSTEP ? new Semaphore(0) : new Semaphore(Integer.MAX_VALUE);
    }

    /** Takes {@link Workload#arguments}. */
    public static void main(String[] args) {
        work(Workload.parse(args), new Reporter(new FileOutputStream(FileDescriptor.out)), OptionalLong.empty());
    }

    /**
     * Works, and ends the process.
     *
     * @param owedEnd if there, what is recovered is judged here and now, see {@link Oracle#judgeAlone}
     */
    static void work(Workload workload, Reporter reporter, OptionalLong owedEnd) {
        CrashWorker worker = new CrashWorker(workload, reporter, owedEnd);
        Thread.ofPlatform().daemon().name("steering").start(worker::listen);
        Runtime.getRuntime().halt(worker.run());
    }

    private void listen() {
        try {
            for (int read = System.in.read(); read >= 0; read = System.in.read()) {
                if (workload.pace() == Workload.Pace.LOCKSTEP) permits.release();
            }
        } catch (IOException harnessIsGone) {
            // As good as the end of the input.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }

    private int run() {
        try {
            unpackCodecs();
            reporter.say(Transcript.OPENING);
            Wal wal = Wal.open(workload.log().directory(), workload.log().config());
            reporter.say(Transcript.OPEN + Opened.of(wal).inWords());
            List<Entry> back = reporter.list(wal, workload.log().seed());
            if (owedEnd.isPresent() && !isRight(wal, back)) return CrashVerifier.WRONG;
            append(wal);
            end(wal);
            return DONE;
        } catch (WalException e) {
            return refused(e);
        } catch (RuntimeException | Error e) {
            return broken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return broken(e);
        }
    }

    /** They unpack native code into files when they are first used: a disk may be full by then, or files limited. */
    private static void unpackCodecs() {
        LZ4Factory.fastestInstance();
        Zstd.maxCompressionLevel();
    }

    private boolean isRight(Wal wal, List<Entry> back) {
        Verdict verdict = Oracle.judgeAlone(Opened.of(wal), back, owedEnd.orElseThrow());
        reporter.say(Transcript.VERDICT + verdict.inWords());
        return verdict.holds();
    }

    private void append(Wal wal) throws InterruptedException {
        Gate gate = new Gate();
        Attendants attendants = Attendants.start(workload, wal, reporter, gate, permits, work -> () -> run(work, wal));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workload.threads(); i++) {
            CrashWriter writer = new CrashWriter(workload, workload.firstWriter() + i, wal, reporter, gate, permits);
            threads.add(thread(i).start(() -> run(writer::run, wal)));
        }
        for (Thread thread : threads) thread.join();
        attendants.dismiss();
    }

    /** The log is for virtual threads too: one writer in four is one. */
    private static Thread.Builder thread(int index) {
        return index % 4 == 3 ? Thread.ofVirtual() : Thread.ofPlatform();
    }

    private void run(Attendants.Work work, Wal wal) {
        try {
            work.run();
        } catch (WalException.Failed e) {
            Runtime.getRuntime().halt(isFinal(wal) ? refused(e) : BROKEN);
        } catch (WalException e) {
            Runtime.getRuntime().halt(refused(e));
        } catch (RuntimeException | Error e) {
            Runtime.getRuntime().halt(broken(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Runtime.getRuntime().halt(broken(e));
        }
    }

    /** Whether a log that has failed takes nothing any more and calls nothing more durable. */
    private static boolean isFinal(Wal wal) {
        long durable = wal.durablePosition().bytes();
        boolean refuses = refuses(() -> wal.append(WalRecord.put(new byte[1], new byte[1]))) && refuses(wal::sync);
        boolean stays = wal.durablePosition().bytes() == durable;
        if (!refuses) System.err.println("the log goes on after it has failed");
        if (!stays) System.err.println("the durable position moves after the log has failed");
        return refuses && stays;
    }

    private static boolean refuses(Runnable call) {
        try {
            call.run();
            return false;
        } catch (WalException.Failed expected) {
            return true;
        }
    }

    private void end(Wal wal) {
        switch (workload.ending()) {
            case CLOSE -> {
                reporter.say(Transcript.CLOSING);
                wal.close();
                reporter.durableTo(reporter.highestAcknowledged() + 1);
                reporter.say(Transcript.CLOSED);
            }
            case HALT -> {
                wal.sync();
                reporter.durableTo(reporter.highestAcknowledged() + 1);
            }
        }
    }

    private int refused(WalException e) {
        reporter.refuse(e);
        return switch (e) {
            case WalException.Locked locked -> LOCKED;
            case WalException.Corrupt corrupt -> CORRUPT;
            case WalException.Failed failed -> FAILED;
            case WalException.Full full -> FAILED;
            case WalException.Unsupported unsupported -> REFUSED;
            case WalException.CannotOpen cannotOpen -> REFUSED;
            case WalException.CannotRead cannotRead -> REFUSED;
            case WalException.Truncated truncated -> REFUSED;
            case WalException.TooLarge tooLarge -> REFUSED;
            case WalException.Closed closed -> REFUSED;
        };
    }

    private static int broken(Throwable e) {
        e.printStackTrace();
        return BROKEN;
    }
}
