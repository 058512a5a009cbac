package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Outputs of a real stream, one by one over HTTP. */
class WatchMjpegIT {
    private static LiveFixture fixture;
    private static Cameras cameras;

    @BeforeAll
    static void start() {
        fixture = new LiveFixture("kinolift.watch.max.watchers", "3");
        cameras = new Cameras(fixture.bootstrapServers(), "yard/north", "gate");
        fixture.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fixture.get("metrics").body().contains("kinolift_frames_emitted_total{stream=\"gate\"}"));
    }

    @AfterAll
    static void stop() {
        cameras.close();
        fixture.close();
    }

    private static Socket watch(String path) throws IOException {
        return watch(RawHttp.to(fixture.url()).connect(), path);
    }

    /** @return an open answer */
    private static Socket watch(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static BufferedImage part(InputStream in) throws IOException {
        assertThat(line(in)).isEqualTo("Content-Type: image/jpeg");
        String length = line(in);
        assertThat(line(in)).isEmpty();
        byte[] jpeg = in.readNBytes(Integer.parseInt(length.substring("Content-Length: ".length())));
        assertThat(line(in)).isEmpty();
        assertThat(line(in)).isEqualTo("--kinolift-picture");
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    private static void skipHeaders(InputStream in) throws IOException {
        assertThat(line(in)).contains("200");
        while (!line(in).isEmpty()) {
            // Headers of the answer.
        }
        assertThat(line(in)).isEqualTo("--kinolift-picture");
    }

    @Test
    void outputsCome_upscaled_asTheyAreMade() throws IOException {
        try (Socket socket = watch("/watch/yard~2Fnorth.mjpeg")) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            skipHeaders(in);
            part(in);
            long begin = System.nanoTime();
            BufferedImage first = part(in);
            BufferedImage last = first;
            for (int i = 1; i < 20; i++) {
                last = part(in);
            }
            assertThat(first.getWidth()).isEqualTo(2 * Cameras.WIDTH);
            assertThat(first.getHeight()).isEqualTo(2 * Cameras.HEIGHT);
            assertThat(last.getWidth()).isEqualTo(first.getWidth());
            // They come by windows, so the first of them may have waited for the rest of its own.
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(400), Duration.ofSeconds(20));
        }
    }

    @Test
    void aClientThatDoesNotRead_delaysNobody_andIsCutOff() throws IOException {
        await().until(() -> metric("kinolift_watch_watchers") == 0);
        try (Socket slow = watch(RawHttp.to(fixture.url()).connectNarrow(), "/watch/gate.mjpeg");
                Socket quick = watch("/watch/gate.mjpeg")) {
            InputStream in = new BufferedInputStream(quick.getInputStream());
            skipHeaders(in);
            assertThat(metric("kinolift_watch_watchers")).isEqualTo(2);
            double emitted = metric("kinolift_frames_emitted_total{stream=\"gate\"}");
            long begin = System.nanoTime();
            while (metric("kinolift_watch_watchers") == 2) {
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(3));
                for (int i = 0; i < 20; i++) {
                    part(in);
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            // Twenty a second are made.
            assertThat(metric("kinolift_frames_emitted_total{stream=\"gate\"}") - emitted)
                    .as("outputs in %s s", seconds)
                    .isGreaterThan(10 * seconds);
            assertThat(slow.getInputStream().read()).as("what it had before").isPositive();
        }
    }

    @Test
    void aFourthWatcher_isRefused_andAPlaceIsFreeAgain() throws IOException {
        RawHttp http = RawHttp.to(fixture.url());
        await().until(() -> metric("kinolift_watch_watchers") == 0);
        try (Socket first = watch("/watch/gate.mjpeg");
                Socket second = watch("/watch/gate.mjpeg");
                Socket third = watch("/watch/gate.mjpeg")) {
            for (Socket socket : new Socket[] {first, second, third}) {
                assertThat(line(socket.getInputStream())).contains("200");
            }
            String refused = http.ask("GET", "/watch/gate.mjpeg", "Host: localhost");
            assertThat(RawHttp.status(refused)).isEqualTo(503);
            assertThat(RawHttp.body(refused)).contains("kinolift.watch.max.watchers");
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("kinolift_watch_watchers") == 0);
    }

    @Test
    void whatIsNoStream_isNotFound() throws IOException {
        RawHttp http = RawHttp.to(fixture.url());
        for (String path :
                new String[] {"nobody.mjpeg", ".mjpeg", "gate", "gate.mp4", "~2E..mjpeg", "a~.mjpeg", "other.mjpeg"}) {
            assertThat(RawHttp.status(http.ask("GET", "/watch/" + path, "Host: localhost")))
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(RawHttp.status(http.ask("HEAD", "/watch/gate.mjpeg", "Host: localhost")))
                .isEqualTo(200);
    }

    private static double metric(String name) {
        Matcher value = Pattern.compile("^" + Pattern.quote(name) + "(?:\\{[^}]*})? ([0-9.E+]+)$", Pattern.MULTILINE)
                .matcher(fixture.get("metrics").body());
        assertThat(value.find()).as(name).isTrue();
        return Double.parseDouble(value.group(1));
    }
}
