package io.kinolift.ffmpeg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program in FFmpeg's own jar: our decoders must give the same pictures. */
public final class FfmpegProgram {
    private FfmpegProgram() {}

    /** Whether the system has the libraries that the program needs besides its own. */
    public static boolean isAvailable() {
        try {
            return run("-version").startsWith("ffmpeg");
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            return false;
        }
    }

    /** Runs the program and returns its standard output. */
    public static String run(Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(FfmpegBinary.path());
        command.addAll(List.of("-v", "quiet", "-nostdin", "-y"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The MD5 of every decoded picture of the first video stream, without padding. */
    public static List<String> pictureHashes(Path file) {
        return run("-noautorotate", "-i", file, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framemd5", "-")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }
}
