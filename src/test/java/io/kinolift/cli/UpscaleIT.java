package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.Footage;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on real video, from file to file through a real broker. In this process: a warm JVM is much faster. */
@EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".*")
class UpscaleIT {
    private static final String CLIP = "plant_240p.mp4";
    private static final Map<String, String> HASHES = new HashMap<>();

    @TempDir
    private Path folder;

    private record Outcome(int exitCode, String output) {}

    private static Outcome run(String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            return new Outcome(Kinolift.execute(arguments), bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    private static void ffmpeg(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Loader.load(ffmpeg.class), "-v", "error"));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void trilinearInSpace_lumaEqualsSwscale() throws Exception {
        Path ours = folder.resolve("ours.mkv");
        Path theirs = folder.resolve("theirs.mkv");
        Outcome outcome = run(
                "upscale",
                Footage.clip(CLIP).toString(),
                ours.toString(),
                "--scale-factor",
                "1,2,2",
                "--mode",
                "trilinear",
                "--frame-codec",
                "raw",
                "--video-codec",
                "ffv1");
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        ffmpeg(
                "-i",
                Footage.clip(CLIP),
                "-an",
                "-vf",
                "scale=iw*2:ih*2:flags=bilinear+accurate_rnd+bitexact",
                "-fps_mode",
                "passthrough",
                "-c:v",
                "ffv1",
                theirs);
        assertThat(luma(ours)).hasSize(36).isEqualTo(luma(theirs));
    }

    @Test
    void windowsOfAnySize_giveTheSameBytes() throws Exception {
        List<String> hashes = new ArrayList<>();
        for (String size : List.of("1", "7", "36")) {
            hashes.add(upscaledHash("seamless", size));
        }
        assertThat(hashes).allMatch(hashes.getFirst()::equals);
        assertThat(upscaledHash("independent", "7")).isNotEqualTo(hashes.getFirst());
    }

    @Test
    void anotherCluster_theSameFileAndNothingLeftBehind() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Set<String> before = scratchFolders();
            String elsewhere = upscaledHash("seamless", "8", "--bootstrap-server", broker.bootstrapServers());
            assertThat(scratchFolders()).isEqualTo(before);
            assertThat(elsewhere).isEqualTo(upscaledHash("seamless", "7"));
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    /** On a cluster of its own, once for each. */
    private String upscaledHash(String edges, String windowSize) throws Exception {
        String hash = HASHES.get(edges + windowSize);
        if (hash == null) {
            hash = upscaledHash(edges, windowSize, new String[0]);
            HASHES.put(edges + windowSize, hash);
        }
        return hash;
    }

    private String upscaledHash(String edges, String windowSize, String... more) throws Exception {
        Path output = folder.resolve(edges + windowSize + ".mkv");
        List<String> arguments = new ArrayList<>(List.of(
                "upscale",
                Footage.clip(CLIP).toString(),
                output.toString(),
                "--scale-factor",
                "2,3/2,3/2",
                "--frame-codec",
                "raw",
                "--video-codec",
                "ffv1",
                "--window-edges",
                edges,
                "--window-size",
                windowSize));
        arguments.addAll(List.of(more));
        Outcome outcome = run(arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return String.join("", samples(output, false));
    }

    @Test
    void standardInput_toStandardOutput() throws Exception {
        // What can be read without going back.
        Path in = folder.resolve("in.mkv");
        ffmpeg("-i", Footage.clip(CLIP), "-an", "-c:v", "copy", in);
        Path out = folder.resolve("piped");
        Path log = folder.resolve("log.txt");
        int code = Distribution.pipe(
                in,
                out,
                log,
                "upscale",
                "-",
                "-",
                "--output-format",
                "nut",
                "--scale-factor",
                "1,1,1",
                "--frame-codec",
                "raw",
                "--video-codec",
                "ffv1");
        assertThat(code).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("standard output: ", "36 frames in, 36 frames out");
        assertThat(luma(out)).isEqualTo(luma(in));
    }

    /**
     * Of the large one the beginning, which grows less: a picture of four times its size takes a second on a busy machine.
     */
    @ParameterizedTest
    @CsvSource({
        "h264_res_change.264, 0, 2",
        "single_frame.mp4, 0, 2",
        "vp9_177x145_420.webm, 0, 2",
        "trunc.mkv, 0, 2",
        "bitflips.ts, 0, 2",
        "ffv1_gray_33x17.mkv, 0, 2",
        "phone_hdr10_1080p_10bit_vfr.mp4, 0, 7/6",
        "not_a_video.mp4, 2, 2",
        "zero_bytes.mp4, 2, 2",
        "ffv1_yuva444_alpha.mkv, 0, 2",
        "h264_576i_bff_mbaff.mp4, 0, 2"
    })
    void awkwardFile_isUpscaledOrRefusedInOneLine(String name, int exitCode, String factor) throws Exception {
        Path output = folder.resolve("out.mkv");
        Path input = Footage.awkward(name);
        if (!factor.equals("2")) {
            input = folder.resolve(name);
            ffmpeg("-i", Footage.awkward(name), "-frames:v", 6, "-c", "copy", input);
        }
        Outcome outcome = run(
                "upscale",
                input.toString(),
                output.toString(),
                "--scale-factor",
                "1," + factor + "," + factor,
                "--video-codec",
                "ffv1");
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(exitCode);
        assertThat(outcome.output()).doesNotContain("\tat ");
        assertThat(Files.exists(output)).isEqualTo(exitCode == 0);
        if (exitCode != 0) {
            assertThat(outcome.output().lines().filter(line -> line.startsWith("kinolift:")))
                    .hasSize(1);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(file -> file.endsWith(".partial"));
        }
    }

    private static List<String> luma(Path video) throws Exception {
        return samples(video, true);
    }

    /** A hash per frame. */
    private static List<String> samples(Path video, boolean lumaOnly) throws Exception {
        List<String> hashes = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(video.toString(), ReaderLimits.DEFAULT)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                try (TimedPicture timed = next) {
                    byte[] all = TestPictures.samples(timed.picture());
                    MessageDigest digest = MessageDigest.getInstance("SHA-256");
                    int luma = timed.picture().width() * timed.picture().height();
                    digest.update(all, 0, lumaOnly ? luma : all.length);
                    hashes.add(HexFormat.of().formatHex(digest.digest()));
                }
            }
        }
        return hashes;
    }

    private static Set<String> scratchFolders() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("kinolift-upscale-"))
                    .collect(Collectors.toSet());
        }
    }
}
