package dev.nori.wal.io.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of an architecture. */
class AbiTest {
    @Test
    void areKnownForLinuxOnTwoArchitectures() {
        assertEquals(Optional.of(Abi.X86_64), Abi.of("Linux", "amd64"));
        assertEquals(Optional.of(Abi.AARCH64), Abi.of("Linux", "aarch64"));
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Linux, s390x", "Linux, x86", "Mac OS X, aarch64", "Windows 11, amd64"})
    void areNotGuessed(String system, String architecture) {
        assertEquals(Optional.empty(), Abi.of(system, architecture));
    }

    @Test
    void differWhereItWouldHurt() {
        assertEquals(Abi.X86_64.oDirect(), Abi.AARCH64.oDirectory());
        assertNotEquals(Abi.X86_64.oDirect(), Abi.AARCH64.oDirect());
    }
}
