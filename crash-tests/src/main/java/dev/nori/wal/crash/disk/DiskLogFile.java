package dev.nori.wal.crash.disk;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DiskLog} in a file, so that a crash state can be built again on another day.
 *
 * <p>Deflated; big-endian: magic and version u64, sector size u32, pages u32; each present page as its index u32 and
 * 4,096 bytes, then -1; the number of events u32; each event as a tag u8 and its fields.
 */
public final class DiskLogFile {
    private static final long MAGIC = 0x4E4F524944534B01L; // NORIDSK, version 1
    private static final int END_OF_PAGES = -1;
    private static final int WRITE = 1;
    private static final int FLUSH = 2;
    private static final int MARK = 3;
    private static final int CUT = 4;

    private DiskLogFile() {}

    /** Writes a log to a file, which is replaced if it exists. */
    public static void write(DiskLog log, Path file) throws IOException {
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(new DeflaterOutputStream(Files.newOutputStream(file), fast)))) {
            writeImage(log.start(), out);
            out.writeInt(log.size());
            for (DiskEvent event : log.events()) writeEvent(event, out);
        } finally {
            fast.end();
        }
    }

    /**
     * Reads a log back.
     *
     * @throws IOException if the file is none of ours, or cut short
     */
    public static DiskLog read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new InflaterInputStream(Files.newInputStream(file))))) {
            DiskImage start = readImage(in, file);
            int count = in.readInt();
            List<DiskEvent> events = new ArrayList<>();
            for (int i = 0; i < count; i++) events.add(readEvent(in, file));
            return new DiskLog(start, events);
        } catch (EOFException cutShort) {
            throw new IOException(file + " is cut short", cutShort);
        }
    }

    private static void writeImage(DiskImage image, DataOutputStream out) throws IOException {
        byte[] @Nullable [] pages = image.pages();
        out.writeLong(MAGIC);
        out.writeInt(image.sectorSizeBytes());
        out.writeInt(pages.length);
        for (int i = 0; i < pages.length; i++) {
            byte[] page = pages[i];
            if (page == null) continue;
            out.writeInt(i);
            out.write(page);
        }
        out.writeInt(END_OF_PAGES);
    }

    private static DiskImage readImage(DataInputStream in, Path file) throws IOException {
        if (in.readLong() != MAGIC) throw new IOException(file + " is not a disk log of this version");
        int sectorSizeBytes = in.readInt();
        byte[] @Nullable [] pages = new byte[in.readInt()] @Nullable [];
        for (int i = in.readInt(); i != END_OF_PAGES; i = in.readInt()) {
            pages[i] = readBytes(in, DiskImage.PAGE_BYTES);
        }
        return new DiskImage(sectorSizeBytes, pages);
    }

    private static byte[] readBytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static void writeEvent(DiskEvent event, DataOutputStream out) throws IOException {
        switch (event) {
            case DiskEvent.Write write -> {
                out.writeByte(WRITE);
                out.writeLong(write.offsetBytes());
                out.writeInt(write.length());
                out.write(write.data());
            }
            case DiskEvent.Flush flush -> out.writeByte(FLUSH);
            case DiskEvent.Mark mark -> {
                out.writeByte(MARK);
                out.writeLong(mark.label());
            }
            case DiskEvent.Cut cut -> out.writeByte(CUT);
        }
    }

    private static DiskEvent readEvent(DataInputStream in, Path file) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case WRITE -> {
                long offsetBytes = in.readLong();
                yield new DiskEvent.Write(offsetBytes, readBytes(in, in.readInt()));
            }
            case FLUSH -> new DiskEvent.Flush();
            case MARK -> new DiskEvent.Mark(in.readLong());
            case CUT -> new DiskEvent.Cut();
            default -> throw new IOException(file + ": unknown event " + tag);
        };
    }
}
