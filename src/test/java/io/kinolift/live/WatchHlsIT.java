package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real stream as video, read by FFmpeg's own programs and as a player reads it. */
class WatchHlsIT {
    private static final String PLAYLIST = "watch/yard~2Fnorth/index.m3u8";
    private static LiveFixture fixture;
    private static Cameras cameras;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        fixture = new LiveFixture("kinolift.watch.height", "240", "kinolift.watch.idle.ms", "2000");
        cameras = new Cameras(fixture.bootstrapServers(), "yard/north", "shut", "gate");
        fixture.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fixture.get("metrics").body().contains("kinolift_frames_emitted_total{stream=\"gate\"}"));
    }

    @AfterAll
    static void stop() {
        cameras.close();
        fixture.close();
    }

    private static String playlist(String query) {
        // On a busy machine, nothing may have come in time.
        HttpResponse<String> answer = await().atMost(Duration.ofMinutes(2))
                .until(() -> fixture.get(PLAYLIST + query), found -> found.statusCode() != 503);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.apple.mpegurl");
        return answer.body();
    }

    private static byte[] file(String name) {
        HttpResponse<byte[]> answer = fixture.getBytes("watch/yard~2Fnorth/" + name);
        assertThat(answer.statusCode()).as(name).isEqualTo(200);
        return answer.body();
    }

    private static long last(String playlist, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(playlist);
        List<MatchResult> all = found.results().toList();
        assertThat(all).as(pattern).isNotEmpty();
        return Long.parseLong(all.getLast().group(1));
    }

    private static List<String> program(String path, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(path));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        process.waitFor();
        return lines;
    }

    @Test
    void segmentsFollowOneAnother_withAKeyFrameAtEachStart() throws Exception {
        String first = playlist("");
        long number = last(first, "\\n(\\d+)\\.m4s");
        Path file = folder.resolve("three.mp4");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(file("init-0.mp4"));
            for (long segment = number; segment < number + 3; segment++) {
                long wanted = segment;
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> playlist("?_HLS_msn=" + wanted).contains("\n" + wanted + ".m4s"));
                out.write(file(segment + ".m4s"));
            }
        }
        List<String> lines = program(
                Loader.load(org.bytedeco.ffmpeg.ffprobe.class),
                "-v",
                "error",
                "-show_entries",
                "packet=pts_time,flags:stream=width,height,profile,nb_read_frames",
                "-count_frames",
                "-of",
                "csv",
                file.toString());
        List<String> packets =
                lines.stream().filter(line -> line.startsWith("packet,")).toList();
        // Twice ten frames a second, in segments of one second.
        assertThat(packets).hasSize(60);
        assertThat(lines).contains("stream,Constrained Baseline,426,240,60");
        assertThat(lines).hasSize(61);
        for (int i = 0; i < packets.size(); i++) {
            assertThat(packets.get(i).endsWith(",K__")).as(packets.get(i)).isEqualTo(i % 20 == 0);
            double time = Double.parseDouble(packets.get(i).split(",", -1)[1]);
            assertThat(time).isEqualTo(number - 1 + i / 20.0, org.assertj.core.data.Offset.offset(0.0011));
        }
    }

    @Test
    void aPlayerOfLowLatency_getsPartAfterPart() {
        String text = playlist("");
        for (int i = 0; i < 12; i++) {
            long segment = last(text, "TYPE=PART,URI=\"(\\d+)-");
            long part = last(text, "TYPE=PART,URI=\"\\d+-(\\d+)");
            long begin = System.nanoTime();
            text = playlist("?_HLS_msn=" + segment + "&_HLS_part=" + part);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            String name = segment + "-" + part + ".m4s";
            // It has the part, or the segment ended before it.
            assertThat(text).containsAnyOf(name, "URI=\"" + (segment + 1) + "-0.m4s\"");
        }
        assertThat(text).contains("PART-TARGET=0.25000", "TARGETDURATION:1\n", "CAN-BLOCK-RELOAD=YES");
    }

    @Test
    void ffmpegPlaysIt() throws Exception {
        List<String> frames = framesOf(PLAYLIST);
        assertThat(frames).hasSize(60);
        assertThat(frames.stream()
                        .map(line -> line.substring(line.lastIndexOf(',') + 1))
                        .distinct())
                .as("it moves")
                .hasSizeGreaterThan(25);
    }

    /** A line for each picture of the first three seconds. */
    private static List<String> framesOf(String path) throws Exception {
        List<String> lines = program(
                Loader.load(org.bytedeco.ffmpeg.ffmpeg.class),
                "-hide_banner",
                "-nostats",
                "-v",
                "warning",
                "-i",
                fixture.url() + path,
                "-t",
                "3",
                "-f",
                "framemd5",
                "-");
        List<String> frames =
                lines.stream().filter(line -> line.startsWith("0,")).toList();
        assertThat(frames).as("%s", lines).isNotEmpty();
        return frames;
    }

    /** Long after the end, and first watched then. */
    @Test
    void aStreamThatHasEnded_showsItsLastPicture() throws Exception {
        cameras.end("shut");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fixture.get("api/status").body().contains("\"ended\":true"));
        HttpResponse<String> answer = await().atMost(Duration.ofMinutes(1))
                .until(() -> fixture.get("watch/shut/index.m3u8"), found -> found.statusCode() == 200);
        assertThat(answer.body()).contains("#EXT-X-ENDLIST");
        assertThat(framesOf("watch/shut/index.m3u8")).isNotEmpty();
        assertThat(program(
                        Loader.load(org.bytedeco.ffmpeg.ffmpeg.class),
                        "-hide_banner",
                        "-v",
                        "warning",
                        "-f",
                        "mpjpeg",
                        "-i",
                        fixture.url() + "watch/shut.mjpeg",
                        "-frames:v",
                        "1",
                        "-f",
                        "framemd5",
                        "-"))
                .anyMatch(line -> line.startsWith("0,"));
    }

    @Test
    void whatIsWrong_isRefused() {
        playlist("");
        assertThat(fixture.get(PLAYLIST + "?_HLS_msn=999999").statusCode()).isEqualTo(400);
        assertThat(fixture.get(PLAYLIST + "?_HLS_part=1").statusCode()).isEqualTo(400);
        assertThat(fixture.get(PLAYLIST + "?_HLS_msn=x").statusCode()).isEqualTo(400);
        for (String name :
                List.of("index.html", "999999.m4s", "0-0.m4s", "init-99.mp4", "init-0.mp4.bak", "1-999999999999.m4s")) {
            assertThat(fixture.get("watch/yard~2Fnorth/" + name).statusCode())
                    .as(name)
                    .isEqualTo(404);
        }
        assertThat(fixture.get("watch/nobody/index.m3u8").statusCode()).isEqualTo(404);
    }

    @Test
    void whenNobodyWatches_nothingIsEncoded() {
        playlist("");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("kinolift-watch-video")));
        double encoded = metric("kinolift_watch_video_encoded_total");
        double emitted = metric("kinolift_frames_emitted_total{stream=\"yard/north\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> metric("kinolift_frames_emitted_total{stream=\"yard/north\"}") > emitted + 10);
        assertThat(metric("kinolift_watch_video_encoded_total")).isEqualTo(encoded);
    }

    private static double metric(String name) {
        String line = fixture.get("metrics")
                .body()
                .lines()
                .filter(each -> each.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
