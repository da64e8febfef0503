package dev.nori.wal.io.linux;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;

/**
 * The kernel's reasons that matter here, with what callers may decide upon.
 *
 * <p>The numbers are those of every architecture in {@link Abi}.
 */
enum Errno {
    EPERM(1, Kind.DENIED),
    ENOENT(2, Kind.NOT_FOUND),
    EINTR(4, Kind.OTHER),
    EIO(5, Kind.OTHER),
    ENXIO(6, Kind.OTHER),
    EBADF(9, Kind.OTHER),
    EAGAIN(11, Kind.OTHER),
    ENOMEM(12, Kind.OTHER),
    EACCES(13, Kind.DENIED),
    EFAULT(14, Kind.OTHER),
    EBUSY(16, Kind.OTHER),
    EEXIST(17, Kind.EXISTS),
    EXDEV(18, Kind.OTHER),
    ENODEV(19, Kind.OTHER),
    ENOTDIR(20, Kind.OTHER),
    EISDIR(21, Kind.OTHER),
    EINVAL(22, Kind.OTHER),
    ENFILE(23, Kind.OTHER),
    EMFILE(24, Kind.OTHER),
    ETXTBSY(26, Kind.OTHER),
    EFBIG(27, Kind.OTHER),
    ENOSPC(28, Kind.FULL),
    ESPIPE(29, Kind.OTHER),
    EROFS(30, Kind.DENIED),
    EDEADLK(35, Kind.OTHER),
    ENAMETOOLONG(36, Kind.OTHER),
    ENOLCK(37, Kind.OTHER),
    ENOSYS(38, Kind.UNSUPPORTED),
    ELOOP(40, Kind.OTHER),
    EOVERFLOW(75, Kind.OTHER),
    EOPNOTSUPP(95, Kind.UNSUPPORTED),
    ETIMEDOUT(110, Kind.OTHER),
    ESTALE(116, Kind.OTHER),
    EUCLEAN(117, Kind.OTHER),
    EREMOTEIO(121, Kind.OTHER),
    EDQUOT(122, Kind.FULL);

    private static final Errno[] ALL = values();

    final int number;
    private final Kind kind;

    Errno(int number, Kind kind) {
        this.number = number;
        this.kind = kind;
    }

    /** Whether {@code answer}, which is a count or {@code -errno}, is this reason. */
    boolean is(long answer) {
        return answer == -number;
    }

    /**
     * The failure to throw.
     *
     * @param what the call, the file and its arguments
     * @param answer {@code -errno}
     */
    static IoFailure failure(String what, long answer) {
        int number = (int) -answer;
        for (Errno errno : ALL) {
            if (errno.number == number) return failure(errno.kind, what, answer);
        }
        return failure(Kind.OTHER, what, answer);
    }

    /** The same where the call gives the number another meaning than it usually has. */
    static IoFailure failure(Kind kind, String what, long answer) {
        int number = (int) -answer;
        return new IoFailure(kind, number, what + ": " + name(number) + " (" + number + ")", null);
    }

    private static String name(int number) {
        for (Errno errno : ALL) {
            if (errno.number == number) return errno.name();
        }
        return "errno";
    }
}
