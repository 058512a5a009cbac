package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Inter-coded clips as people have them, made by the system's FFmpeg, which has the encoders that they use. */
public final class CodedClips {
    /** Made once in a JVM: encoders of some kinds take a second to start. */
    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    /** By the bytes of a clip. */
    private static final Map<ByteBuffer, List<Shown>> SHOWN = new ConcurrentHashMap<>();

    private CodedClips() {}

    /** Kinds of clips: container, encoder, and its words on FFmpeg's command line, which make groups of twelve frames. */
    public enum Kind {
        H264_OPEN("mp4", "libx264", "-x264-params", x264("open-gop=1:bframes=3:b-pyramid=normal")),
        H264_OPEN_STREAM("ts", "libx264", "-x264-params", x264("open-gop=1:bframes=3:b-pyramid=normal")),
        H264_CLOSED("mkv", "libx264", "-x264-params", x264("open-gop=0:bframes=2:b-pyramid=strict")),
        H264_PLAIN("mp4", "libx264", "-x264-params", x264("bframes=0:ref=3")),
        H264_SLICES("ts", "libx264", "-x264-params", x264("bframes=1:slices=4")),
        H264_TEN_BITS("mkv", "libx264", "-pix_fmt", "yuv420p10le", "-x264-params", x264("open-gop=1:bframes=2")),
        HEVC_OPEN("mkv", "libx265", "-x265-params", x265("open-gop=1:bframes=4")),
        HEVC_CLOSED("mp4", "libx265", "-x265-params", x265("open-gop=0:bframes=3")),
        HEVC_STREAM("ts", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", x265("open-gop=1:bframes=3")),
        VP9("webm", "libvpx-vp9", "-g", "12", "-auto-alt-ref", "1", "-lag-in-frames", "10", "-cpu-used", "5"),
        AV1("mp4", "libsvtav1", "-g", "12", "-preset", "10"),
        AV1_MATROSKA("mkv", "libsvtav1", "-g", "12", "-preset", "10");

        private final String container;
        private final List<String> encoder;

        Kind(String container, String... encoder) {
            this.container = container;
            this.encoder = List.of(encoder);
        }

        private static String x264(String more) {
            return "keyint=12:min-keyint=12:scenecut=0:" + more;
        }

        private static String x265(String more) {
            return "log-level=none:keyint=12:min-keyint=12:" + more;
        }
    }

    /** Makes a clip of a moving test picture, 25 frames a second, 160x120. */
    public static Path make(Path folder, Kind kind, int frames) {
        Path clip = folder.resolve(kind.name().toLowerCase(java.util.Locale.ROOT) + "." + kind.container);
        try {
            byte[] made = MADE.get(kind + " " + frames);
            if (made == null) {
                encode(clip, kind, frames);
                MADE.put(kind + " " + frames, Files.readAllBytes(clip));
            } else {
                Files.write(clip, made);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return clip;
    }

    private static void encode(Path clip, Kind kind, int frames) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25"));
        command.addAll(List.of("-frames:v", Integer.toString(frames), "-pix_fmt", "yuv420p", "-c:v"));
        command.addAll(kind.encoder);
        command.add(clip.toString());
        run(command);
    }

    /** A clip with the same pictures and a tone beside them. */
    public static void addTone(Path clip, Path with) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y", "-i"));
        command.add(clip.toString());
        command.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-shortest"));
        command.addAll(List.of("-c:v", "copy", "-c:a", "aac", with.toString()));
        run(command);
    }

    /** The MD5s of a clip's packets of sound. */
    public static List<String> soundPackets(Path clip) {
        List<String> command = List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-i",
                clip.toString(),
                "-map",
                "0:a",
                "-c",
                "copy",
                "-f",
                "framemd5",
                "-");
        return run(command)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    private static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s", command).isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * A picture that FFmpeg decodes.
     *
     * @param pts in the clip's own time base, from the first picture on
     */
    public record Shown(long pts, String md5) {}

    /** What FFmpeg's own program shows of a clip; asked once in a JVM. */
    public static List<Shown> shown(Path clip) {
        try {
            return SHOWN.computeIfAbsent(ByteBuffer.wrap(Files.readAllBytes(clip)), _ -> decode(clip));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Shown> decode(Path clip) {
        List<Shown> all = new ArrayList<>();
        List<String> command = List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-noautorotate",
                "-i",
                clip.toString(),
                "-map",
                "0:v:0",
                "-fps_mode",
                "passthrough",
                "-enc_time_base",
                "-1",
                "-f",
                "framemd5",
                "-");
        for (String line : run(command).lines().toList()) {
            if (!line.startsWith("#")) {
                String[] words = line.split(" *, *", -1);
                all.add(new Shown(Long.parseLong(words[2].strip()), words[5].strip()));
            }
        }
        long first = all.getFirst().pts();
        return all.stream()
                .map(each -> new Shown(each.pts() - first, each.md5()))
                .toList();
    }

    /** The frames of a clip, not decoded. */
    public static List<EncodedFrame> frames(Path clip, String streamId) throws VideoException {
        List<EncodedFrame> frames = new ArrayList<>();
        try (CodedReader reader = CodedReader.open(Source.of(clip.toString()), 0, SoundChoice.NONE)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                frames.add(new EncodedFrame(
                        streamId,
                        0,
                        frames.size(),
                        next.pts(),
                        next.coded().hasDts() ? next.order() : EncodedFrame.NO_DTS,
                        next.duration(),
                        reader.timeBase(),
                        next.coded().format(),
                        next.keyFrame(),
                        false,
                        0,
                        next.coded().payload()));
            }
        }
        return frames;
    }
}
