package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.ffmpeg.VideoException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that name others read nothing outside their folder. All pictures inside are black and those outside are white, so
 * that one white picture shows that something was read.
 */
class HostileFilesTest {
    private static final int FRAMES = 10;
    /** Opens what FFmpeg itself would refuse, for the rule alone to be seen. */
    private static final Map<String, Map<String, String>> ASKING_FOR_IT = Map.of(
            "m3u8", Map.of("allowed_extensions", "ALL", "extension_picky", "0"),
            "mov", Map.of("enable_drefs", "1", "use_absolute_path", "1"),
            "mp4", Map.of("safe", "0"),
            "avi", Map.of("safe", "0"),
            "mkv", Map.of("safe", "0"));

    @TempDir
    static Path folder;

    private static HttpServer server;
    private static HostileFiles files;

    @BeforeAll
    static void make() throws IOException {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files = new HostileFiles(
                folder, "http://127.0.0.1:" + server.getAddress().getPort());
        files.make();
        files.serve(server);
        server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** How many pictures of each colour a source gives before it ends or fails. */
    private record Seen(int white, int black, String refusal) {}

    private static Seen read(Source source) {
        int white = 0;
        int black = 0;
        try (VideoReader reader = VideoReader.open(source, ReaderLimits.DEFAULT)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                boolean isWhite = next.picture().plane(0).sample(5, 5) > 128;
                white += isWhite ? 1 : 0;
                black += isWhite ? 0 : 1;
                next.close();
            }
            return new Seen(white, black, "");
        } catch (VideoException e) {
            return new Seen(white, black, e.getMessage());
        }
    }

    private static Seen read(String name, Map<String, String> options, Allowed allowed) {
        return read(new Source(name, "", options, Deinterlace.REFUSE, allowed));
    }

    private static Path inside(String name) {
        return folder.resolve("inside").resolve(name);
    }

    private static Allowed outsideToo() {
        return new Allowed(List.of(folder.resolve("outside")), Set.of(), true);
    }

    @Test
    void noneReadsOutsideItsFolder() {
        List<String> table = new ArrayList<>();
        List<String> reading = new ArrayList<>();
        List<String> unexplained = new ArrayList<>();
        for (HostileFiles.Hostile file : files.all()) {
            for (Map<String, String> options : Stream.of(Map.<String, String>of(), optionsOf(file.name()))
                    .distinct()
                    .toList()) {
                Seen seen = read(file.name(), options, new Allowed(List.of(), Set.of(), true));
                table.add("%-16s | %-32s | %d white, %d black | %s"
                        .formatted(
                                file.name().substring(file.name().lastIndexOf('/') + 1),
                                file.kind() + (options.isEmpty() ? "" : " " + options),
                                seen.white,
                                seen.black,
                                seen.refusal));
                if (seen.white > 0) {
                    reading.add(table.getLast());
                } else if (file.refusal() != null && !seen.refusal.contains(file.refusal())) {
                    unexplained.add(table.getLast());
                }
            }
        }
        assertThat(table).hasSizeGreaterThan(60);
        assertThat(reading).as("files that read the canary").isEmpty();
        assertThat(unexplained).as("files that are refused without the reason").isEmpty();
        assertThat(files.requests()).as("what local files fetched").isEmpty();
    }

    private static Map<String, String> optionsOf(String name) {
        return name.startsWith("http") ? Map.of() : ASKING_FOR_IT.getOrDefault(extension(name), Map.of());
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Test
    void theCanariesAreWhite_andReadWhereTheyAreAllowed() {
        assertThat(read(Source.of(folder.resolve("outside/canary.ts").toString())).white)
                .isEqualTo(FRAMES);
        for (String name : List.of(
                "absolute.mp4", "inner.m3u8", "file.m3u8", "link.m3u8", "map.m3u8", "key.m3u8", "link.png.txt")) {
            assertThat(read(inside(name).toString(), Map.of(), outsideToo()))
                    .as(name)
                    .isEqualTo(new Seen(FRAMES, 0, ""));
        }
        Allowed all = new Allowed(List.of(Path.of("/")), Set.of(), true);
        assertThat(read(inside("absolute/absolute.mpd").toString(), Map.of(), all))
                .isEqualTo(new Seen(FRAMES, 0, ""));
        assertThat(read(inside("reference.mov").toString(), ASKING_FOR_IT.get("mov"), outsideToo()))
                .isEqualTo(new Seen(FRAMES, 0, ""));
    }

    @Test
    void aProtocolIsAllowedByName() {
        Map<String, String> asFfmpegWantsIt = Map.of("protocol_whitelist", "file,http,tcp");
        for (String name : List.of("web.m3u8", "web.mp4")) {
            assertThat(read(inside(name).toString(), Map.of("allowed", "none"), Allowed.NOTHING).refusal)
                    .doesNotContain("--allow");
            assertThat(read(inside(name).toString(), Map.of(), new Allowed(List.of(), Set.of("http"), true)))
                    .as(name)
                    .isEqualTo(new Seen(FRAMES, 0, ""));
        }
        assertThat(read(inside("web.m3u8").toString(), asFfmpegWantsIt, Allowed.NOTHING))
                .isEqualTo(new Seen(FRAMES, 0, ""));
        files.requests().clear();
    }

    /** What is honest goes on: lists of the own folder, a folder below, and the same by HTTP. */
    @Test
    void filesBelowTheFolder_areRead() throws IOException {
        Path honest = Files.createDirectory(folder.resolve("honest"));
        Path below = Files.createDirectory(honest.resolve("segments"));
        for (String name : List.of("own.ts", "own.mp4", "init.mp4", "chunk-1.m4s")) {
            Files.copy(inside(name), below.resolve(name));
            Files.copy(inside(name), honest.resolve(name));
        }
        Files.copy(inside("own.mpd"), honest.resolve("list.mpd"));
        Files.writeString(honest.resolve("list.m3u8"), HostileFiles.playlist("own.ts", "segments/own.ts"));
        Files.writeString(
                honest.resolve("full.m3u8"),
                HostileFiles.playlist(honest.resolve("own.ts").toString()));
        Files.writeString(honest.resolve("list.txt"), "ffconcat version 1.0\nfile 'own.mp4'\nfile segments/own.ts\n");
        Map<String, Integer> frames = new HashMap<>();
        for (String name : List.of("list.mpd", "list.m3u8", "full.m3u8", "list.txt")) {
            frames.put(name, read(Source.of(honest.resolve(name).toString())).black);
        }
        assertThat(frames)
                .isEqualTo(Map.of(
                        "list.mpd", FRAMES, "list.m3u8", 2 * FRAMES, "full.m3u8", FRAMES, "list.txt", 2 * FRAMES));
        // A link to the list itself is the user's own.
        Path link = Files.createSymbolicLink(honest.resolve("segments/link.m3u8"), honest.resolve("list.m3u8"));
        assertThat(read(Source.of(link.toString())).refusal).isEmpty();
        assertThat(read(Source.of("file://" + honest.resolve("full.m3u8"))).black)
                .isEqualTo(FRAMES);
        String web = "http://127.0.0.1:" + server.getAddress().getPort();
        assertThat(read(Source.of(web + "/canary.m3u8")).white).isEqualTo(FRAMES);
        assertThat(read(Source.of(web + "/own.mpd")).white).isEqualTo(FRAMES);
        files.requests().clear();
    }

    @Test
    void wideGrids_takeNoMemory() throws IOException {
        long before = peakKilobytes();
        for (HostileFiles.Hostile file : files.all()) {
            if (file.kind().contains("0x6") || file.kind().contains("5x6")) {
                assertThat(read(Source.of(file.name())).refusal).as(file.kind()).isNotEmpty();
            }
        }
        assertThat(peakKilobytes() - before).isLessThan(200_000);
    }

    private static long peakKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    @Test
    void anOldReaderOfPlaylists_andAFolderThatIsNone_areRefused() {
        assertThatThrownBy(() -> VideoReader.open("hls+file:///x.m3u8", ReaderLimits.DEFAULT))
                .hasMessageContaining("without hls+");
        Allowed none = new Allowed(List.of(folder.resolve("none")), Set.of(), true);
        assertThat(read(inside("own.ts").toString(), Map.of(), none).refusal)
                .isEqualTo("expected a folder for --allow-files, found " + folder.resolve("none"));
    }
}
