package dev.nori.wal.io.linux;

import java.util.Optional;

/**
 * The numbers of the kernel's interface that differ between architectures.
 *
 * <p>Everything else that is used here (error numbers, struct layouts, the other flags) is the same on
 * the architectures listed, and stands beside its use. An architecture that is not listed is not
 * supported: what is {@code O_DIRECT} on one is {@code O_DIRECTORY} on the next.
 *
 * @param oDirect {@code O_DIRECT}
 * @param oDirectory {@code O_DIRECTORY}
 */
record Abi(int oDirect, int oDirectory) {
    static final Abi X86_64 = new Abi(0x4000, 0x10000);
    static final Abi AARCH64 = new Abi(0x10000, 0x4000);

    /** Flags of {@code open} that all listed architectures share. */
    static final int O_RDONLY = 0;

    static final int O_RDWR = 0x2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_CLOEXEC = 0x80000;

    /** Empty where this JVM does not run on Linux or the architecture is not known here. */
    static Optional<Abi> current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Optional<Abi> of(String system, String architecture) {
        if (!system.equals("Linux")) return Optional.empty();
        return switch (architecture) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
