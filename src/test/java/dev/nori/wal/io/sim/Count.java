package dev.nori.wal.io.sim;

/** Numbers of states, which soon pass any limit: {@link Long#MAX_VALUE} stands for all beyond it. */
final class Count {
    private Count() {}

    static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    static long times(long a, long b) {
        if (a == 0 || b == 0) return 0;
        return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }
}
