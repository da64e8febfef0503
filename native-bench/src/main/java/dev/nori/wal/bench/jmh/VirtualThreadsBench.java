package dev.nori.wal.bench.jmh;

import org.openjdk.jmh.annotations.Fork;

/** {@link ThreadsBench} from virtual threads. */
@Fork(
        value = 1,
        jvmArgsAppend = {Flags.NATIVE_ACCESS, Flags.VIRTUAL})
public class VirtualThreadsBench extends ThreadsBench {
    /** JMH makes it. */
    public VirtualThreadsBench() {}
}
