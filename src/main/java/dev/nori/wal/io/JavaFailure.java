package dev.nori.wal.io;

import dev.nori.wal.io.IoFailure.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;

/**
 * Turns what {@code java.nio} throws into an {@link IoFailure}, judging by type and never by text.
 *
 * <p>The kernel's number does not come through {@code java.nio}, so it is always 0 here.
 */
public final class JavaFailure {
    private JavaFailure() {}

    /**
     * The failure to throw.
     *
     * @param what the call, the file and its arguments, as the message begins
     * @param cause what {@code java.nio} threw
     */
    public static IoFailure of(String what, Exception cause) {
        return of(kindOf(cause), what, cause);
    }

    /** The same where the caller knows better than the exception what kind it is. */
    public static IoFailure of(Kind kind, String what, Exception cause) {
        return new IoFailure(kind, 0, what + ": " + cause, cause);
    }

    private static Kind kindOf(Exception cause) {
        return switch (cause) {
            case IoFailure failure -> failure.kind();
            case NoSuchFileException gone -> Kind.NOT_FOUND;
            case FileAlreadyExistsException there -> Kind.EXISTS;
            case AccessDeniedException denied -> Kind.DENIED;
            case ReadOnlyFileSystemException readOnly -> Kind.DENIED;
            case UnsupportedOperationException unsupported -> Kind.UNSUPPORTED;
            case IOException other -> Kind.OTHER;
            default -> Kind.OTHER;
        };
    }
}
