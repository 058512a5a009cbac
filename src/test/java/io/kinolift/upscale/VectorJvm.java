package io.kinolift.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.kernel.Kernels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A separate JVM for one vector width, because species have to be constants. */
public final class VectorJvm {
    private VectorJvm() {}

    /** The output that a main method prints. */
    public static List<String> lines(Class<?> main, int bits) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        // Some CPUs have wider vectors than the JVM uses by default.
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:UseAVX=3",
                        "-XX:+UseSerialGC",
                        "-D" + Kernels.SIMD_PROPERTY + "=" + bits,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }
}
