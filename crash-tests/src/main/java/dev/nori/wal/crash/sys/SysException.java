package dev.nori.wal.crash.sys;

import java.io.IOException;

/** The kernel refused a call. The message names the call and the error; {@link #errno()} is the number. */
public final class SysException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * @param call what was asked, as one would type it
     * @param errno the positive error number
     */
    public SysException(String call, int errno) {
        super(call + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    /** The positive error number, see {@link Errno}. */
    public int errno() {
        return errno;
    }

    /** Passes a result through, or throws when it is a negative errno. */
    public static long check(long result, String call) throws SysException {
        if (result < 0) throw new SysException(call, (int) -result);
        return result;
    }
}
