package io.kinolift.cli;

import io.kinolift.ffmpeg.FfmpegBinary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What streams FFmpeg's program finds in a file. */
final class SoundStreamsOfFile {
    private static final Pattern STREAM =
            Pattern.compile("Stream #0:\\d+(?:\\[[^]]*])?(?:\\((\\w+)\\))?: (Video|Audio)");

    private SoundStreamsOfFile() {}

    /** Such as "video" and "audio eng", in their order. */
    static List<String> of(Path file) throws Exception {
        Process program = new ProcessBuilder(FfmpegBinary.path(), "-nostdin", "-hide_banner", "-i", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = STREAM.matcher(said);
        return matcher.results()
                .map(found -> found.group(2).toLowerCase(java.util.Locale.ROOT)
                        + (found.group(1) == null || found.group(1).equals("und") ? "" : " " + found.group(1)))
                .toList();
    }
}
