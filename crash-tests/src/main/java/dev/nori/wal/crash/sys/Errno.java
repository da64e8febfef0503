package dev.nori.wal.crash.sys;

/** The Linux errors that the harness meets, by number. The same on x86-64 and AArch64. */
public final class Errno {
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENOTTY = 25;
    public static final int ENOSPC = 28;
    public static final int ENOSYS = 38;
    public static final int ECONNABORTED = 103;

    private Errno() {}

    /** {@code EIO (5)}; a number without a name here is given alone. */
    public static String describe(int errno) {
        String name = switch (errno) {
            case 1 -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case EIO -> "EIO";
            case ENXIO -> "ENXIO";
            case EAGAIN -> "EAGAIN";
            case 13 -> "EACCES";
            case EBUSY -> "EBUSY";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case ENOTTY -> "ENOTTY";
            case ENOSPC -> "ENOSPC";
            case 30 -> "EROFS";
            case ENOSYS -> "ENOSYS";
            case 74 -> "EBADMSG";
            case ECONNABORTED -> "ECONNABORTED";
            case 117 -> "EUCLEAN";
            default -> "errno";
        };
        return name + " (" + errno + ")";
    }
}
