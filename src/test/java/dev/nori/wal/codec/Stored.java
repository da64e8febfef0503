package dev.nori.wal.codec;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import dev.nori.wal.frame.ByteSource;
import java.lang.foreign.MemorySegment;

/** A record's value as it would stand in the log, by a packer that has learned nothing yet. */
record Stored(MemorySegment bytes, Compression used, long rawBytes) {
    static Stored store(WalRecord record) {
        return store(new Packer(), record);
    }

    static Stored store(Packer packer, WalRecord record) {
        ByteSource value = new ByteSource();
        value.set(record.value());
        Compression used = packer.pack(value, record.compression(), record.compressionLevel(), new PackedMemory());
        byte[] bytes = new byte[(int) value.bytes()];
        value.copyTo(bytes);
        return new Stored(MemorySegment.ofArray(bytes), used, record.value().byteSize());
    }
}
