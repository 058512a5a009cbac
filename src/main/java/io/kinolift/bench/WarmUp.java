package io.kinolift.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs a contender until the JIT is done with it, before its rounds count. The JIT compiles a broker and a stream
 * application in one JVM for more than a minute.
 *
 * @param leastSeconds least time
 * @param mostSeconds most time, however busy the JIT is
 */
public record WarmUp(double leastSeconds, double mostSeconds) {
    /** The JIT counts as done below this share of a round's time. */
    private static final double CALM = 0.02;

    /** Takes a fixed time; enough for little code. */
    public static WarmUp seconds(double seconds) {
        return new WarmUp(seconds, seconds);
    }

    void run(Racer contender) {
        CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
        long start = System.nanoTime();
        double elapsed;
        double share;
        do {
            long begun = System.nanoTime();
            long compiled = compiledMillis(jit);
            contender.round();
            long end = System.nanoTime();
            share = (compiledMillis(jit) - compiled) * 1e6 / (end - begun);
            elapsed = (end - start) / 1e9;
        } while (elapsed < leastSeconds || (share > CALM && elapsed < mostSeconds));
    }

    /** @param jit null in an interpreter */
    private static long compiledMillis(CompilationMXBean jit) {
        return jit == null ? 0 : jit.getTotalCompilationTime();
    }
}
