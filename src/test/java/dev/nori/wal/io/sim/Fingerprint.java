package dev.nori.wal.io.sim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is on a disk, in 128 bits: disks with the same one hold the same bytes under the same names. A sum over places, so
 * that the one of an image follows from that of another by what differs. Places of zeros add nothing, like places that were
 * never written.
 */
public record Fingerprint(long high, long low) {
    static final Fingerprint ZERO = new Fingerprint(0, 0);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD_HIGH = 0x9E3779B97F4A7C15L;
    private static final long ODD_LOW = 0xD6E8FEB86659FD93L;

    /** Of one sector at its place. */
    static Fingerprint of(long sector, byte @Nullable [] bytes) {
        if (bytes == null) return ZERO;
        long any = 0;
        long high = ODD_HIGH;
        long low = ODD_LOW;
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            long word = (long) LONG.get(bytes, i);
            any |= word;
            high = Long.rotateLeft((high ^ word) * ODD_LOW, 31);
            low = Long.rotateLeft((low + word) * ODD_HIGH, 27) ^ word;
        }
        return any == 0 ? ZERO : new Fingerprint(high, low).at(sector);
    }

    /** The same content at another place, such as a sector in a file, or a file under a name. */
    Fingerprint at(long place) {
        return new Fingerprint(mix(high + place * ODD_HIGH), mix(low ^ mix(place + ODD_LOW)));
    }

    Fingerprint plus(Fingerprint other) {
        return new Fingerprint(high + other.high, low + other.low);
    }

    Fingerprint minus(Fingerprint other) {
        return new Fingerprint(high - other.high, low - other.low);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
