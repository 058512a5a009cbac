package io.kinolift.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a contender does before its rounds count, until the JIT has done with it: a broker and a stream application in
 * one JVM are compiled for more than a minute.
 *
 * @param leastSeconds time in any case
 * @param mostSeconds time after which it begins however busy the JIT is
 */
public record WarmUp(double leastSeconds, double mostSeconds) {
    /** JIT time per time of a round at which it counts as done. */
    private static final double CALM = 0.02;

    /** Of a fixed time; enough where little code runs. */
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
        } while (elapsed < leastSeconds || share > CALM && elapsed < mostSeconds);
    }

    /** @param jit null in an interpreter */
    private static long compiledMillis(CompilationMXBean jit) {
        return jit == null ? 0 : jit.getTotalCompilationTime();
    }
}
