package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A file of a {@link FaultyStorage}. */
public final class FaultyFile implements LogFile {
    private final LogFile inner;
    private final FaultPlan plan;

    FaultyFile(LogFile inner, FaultPlan plan) {
        this.inner = inner;
        this.plan = plan;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public long size() throws IoFailure {
        long[] answer = new long[1];
        plan.call(Call.SIZE, "size " + name(), () -> answer[0] = inner.size(), prefixBytes -> {});
        return answer[0];
    }

    @Override
    public int alignment() {
        return inner.alignment();
    }

    @Override
    public void write(long offsetBytes, MemorySegment... parts) throws IoFailure {
        plan.call(
                Call.WRITE,
                "write " + range(offsetBytes, length(parts)),
                () -> inner.write(offsetBytes, parts),
                prefixBytes -> writePrefix(prefixBytes, offsetBytes, parts));
    }

    @Override
    public void writeDurably(long offsetBytes, MemorySegment... parts) throws IoFailure {
        plan.call(
                Call.WRITE_DURABLY,
                "writeDurably " + range(offsetBytes, length(parts)),
                () -> inner.writeDurably(offsetBytes, parts),
                prefixBytes -> writeInVain(prefixBytes, offsetBytes, parts));
    }

    @Override
    public void sync() throws IoFailure {
        plan.call(Call.SYNC, "sync " + name(), inner::sync, prefixBytes -> failSync());
    }

    @Override
    public long read(long offsetBytes, MemorySegment into) throws IoFailure {
        long[] answer = new long[1];
        plan.call(
                Call.READ,
                "read " + range(offsetBytes, into.byteSize()),
                () -> answer[0] = inner.read(offsetBytes, into),
                prefixBytes -> {});
        return answer[0];
    }

    @Override
    public void allocate(long sizeBytes) throws IoFailure {
        String what = "allocate " + name() + " size=" + sizeBytes;
        plan.call(Call.ALLOCATE, what, () -> inner.allocate(sizeBytes), prefixBytes -> {});
    }

    @Override
    public void truncate(long sizeBytes) throws IoFailure {
        String what = "truncate " + name() + " size=" + sizeBytes;
        plan.call(Call.TRUNCATE, what, () -> inner.truncate(sizeBytes), prefixBytes -> {});
    }

    @Override
    public void close() {
        inner.close();
    }

    private void failSync() throws IoFailure {
        if (inner instanceof SimFile simulated) simulated.failSync();
    }

    /** What was written is in the cache and will never be on the device, as after any failed sync. */
    private void writeInVain(long prefixBytes, long offsetBytes, MemorySegment... parts) throws IoFailure {
        if (prefixBytes == 0) return;
        writePrefix(prefixBytes, offsetBytes, parts);
        failSync();
    }

    /** Whole units of the alignment only; nothing of it is durable. */
    private void writePrefix(long prefixBytes, long offsetBytes, MemorySegment... parts) throws IoFailure {
        long left = prefixBytes / inner.alignment() * inner.alignment();
        List<MemorySegment> prefix = new ArrayList<>();
        for (MemorySegment part : parts) {
            long taken = Math.min(left, part.byteSize());
            if (taken > 0) prefix.add(part.asSlice(0, taken));
            left -= taken;
        }
        if (!prefix.isEmpty()) inner.write(offsetBytes, prefix.toArray(new MemorySegment[0]));
    }

    private String range(long offsetBytes, long lengthBytes) {
        return name() + " offset=" + offsetBytes + " length=" + lengthBytes;
    }

    private static long length(MemorySegment... parts) {
        long length = 0;
        for (MemorySegment part : parts) length += part.byteSize();
        return length;
    }
}
