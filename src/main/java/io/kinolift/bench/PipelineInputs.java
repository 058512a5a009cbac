package io.kinolift.bench;

import io.kinolift.ffmpeg.FfmpegBinary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * JPEG frames of one size, in memory and as one file of Motion JPEG. FFmpeg makes them.
 *
 * @param folder temporary, of these inputs alone
 */
public record PipelineInputs(Path folder, Path file, List<byte[]> frames) implements AutoCloseable {
    static final int RATE = 30;
    static final int QUALITY = 2;

    /**
     * Where pictures come from.
     *
     * @param clip a video that is played over and over, or null for FFmpeg's test picture
     */
    public record Source(Path clip, int frames) {
        /** @throws IllegalArgumentException if there are none */
        public Source {
            if (frames < 1) {
                throw new IllegalArgumentException("expected at least 1 frame, found " + frames);
            }
        }
    }

    static PipelineInputs make(Source source, int width, int height) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kinolift-bench");
        try {
            run(command(source, width, height, folder));
            List<byte[]> frames = new ArrayList<>();
            Path file = folder.resolve("frames.mjpeg");
            try (Stream<Path> made = Files.list(folder);
                    OutputStream all = Files.newOutputStream(file)) {
                for (Path jpeg : made.filter(path -> path.toString().endsWith(".jpg"))
                        .sorted()
                        .toList()) {
                    frames.add(Files.readAllBytes(jpeg));
                    all.write(frames.getLast());
                }
            }
            return new PipelineInputs(folder, file, List.copyOf(frames));
        } catch (IOException | InterruptedException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static List<String> command(Source source, int width, int height, Path folder) {
        List<String> command = new ArrayList<>(List.of(FfmpegBinary.path(), "-v", "error", "-nostdin"));
        if (source.clip() == null) {
            command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=" + width + "x" + height + ":rate=" + RATE));
        } else {
            command.addAll(List.of("-stream_loop", "-1", "-i", source.clip().toString()));
        }
        command.addAll(List.of(
                "-vf",
                "fps=" + RATE + ",scale=" + width + ":" + height + ":out_range=full,format=yuvj420p",
                "-frames:v",
                Integer.toString(source.frames()),
                "-c:v",
                "mjpeg",
                "-q:v",
                Integer.toString(QUALITY),
                folder.resolve("%06d.jpg").toString()));
        return command;
    }

    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("expected " + String.join(" ", command) + " to succeed, found exit status " + code
                    + ": " + said.strip());
        }
    }

    @Override
    public void close() {
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
