package dev.nori.wal.codec;

import org.jspecify.annotations.Nullable;

/** A stored value cannot be decompressed: its bytes do not say what its record says, or ask for too much memory. */
public final class CodecException extends Exception {
    private static final long serialVersionUID = 1;

    CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
