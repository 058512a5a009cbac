package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.TestFrames;
import io.kinolift.deploy.Queries;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static LiveFixture fixture;
    private static Cameras cameras;

    @BeforeAll
    static void start() {
        fixture = new LiveFixture(
                "kinolift.metrics.max.streams",
                "2",
                "kinolift.streams",
                "attic",
                "kinolift.streams.attic.match",
                "attic*",
                "kinolift.streams.attic.operator",
                "conv-transpose3d",
                "kinolift.streams.attic.stride",
                "1,3,3",
                "kinolift.streams.attic.frame.codec",
                "png");
        assertThat(fixture.get("live").statusCode()).isEqualTo(200);
        assertThat(fixture.get("ready").statusCode()).isEqualTo(503);
        assertThat(fixture.get("ready").body()).contains("state CREATED");
        cameras = new Cameras(fixture.bootstrapServers(), "north", "gate", "yard");
        fixture.start();
        await().atMost(PATIENCE).until(() -> fixture.get("ready").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        cameras.close();
        fixture.close();
    }

    @Test
    void metrics_haveAPlaceForEachStreamAndOneForTheRest() {
        await().atMost(PATIENCE).until(() -> fixture.get("metrics").body().contains("kinolift_frames_dead_total"));
        String metrics = fixture.get("metrics").body();
        assertThat(metrics)
                .containsPattern("kinolift_frames_received_total\\{stream=\"north\"} [1-9]")
                .containsPattern("kinolift_frames_emitted_total\\{stream=\"gate\"} [1-9]")
                .containsPattern("kinolift_frames_dead_total\\{reason=\"UNDECODABLE\",stream=\"other\"} [1-9]")
                .containsPattern("kinolift_latency_seconds_bucket\\{stream=\"north\",le=\"1.0\"}")
                .containsPattern("kinolift_stage_seconds_total\\{stage=\"encode\"} [0-9.]*[1-9]")
                .containsPattern("kinolift_window_fill_ratio_count [1-9]")
                .containsPattern("kinolift_resident_bytes [1-9]")
                .containsPattern("kinolift_disk_free_bytes\\{folder=\"state\"} [1-9]")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("stream=\"yard\"");
    }

    @Test
    void everyMetricOfDashboardAndRulesIsThere() throws Exception {
        // Counted when it first happens: a frame that comes again is dropped.
        try (Producer<byte[], byte[]> producer =
                Clients.producer(Map.of("bootstrap.servers", fixture.bootstrapServers()), 1 << 20)) {
            var _ = producer.send(new ProducerRecord<>(
                    "kinolift.frames",
                    "north".getBytes(StandardCharsets.UTF_8),
                    FrameRecords.write(TestFrames.raw("north", 0, 16, 16))));
        }
        // There is no pause before the first collection.
        System.gc();
        Set<String> names = new TreeSet<>();
        Stream.concat(Queries.dashboard().stream(), Queries.rules().stream())
                .forEach(query -> names.addAll(Queries.metrics(query)));
        names.removeAll(Queries.recorded());
        // Prometheus' own.
        names.removeAll(Set.of("up", "ALERTS"));
        // With kinolift.parallelism=window alone.
        names.remove("kinolift_windows_away");
        assertThat(names).hasSizeGreaterThan(15);
        await().atMost(PATIENCE).untilAsserted(() -> {
            String metrics = fixture.get("metrics").body();
            assertThat(names)
                    .allMatch(name -> Pattern.compile("(?m)^" + name + "[{ ]")
                            .matcher(metrics)
                            .find());
            assertThat(metrics)
                    .containsPattern("fetch_manager_records_lag\\{.*topic=\"kinolift.frames\"")
                    .as("Kafka's second series of a topic with a dot")
                    .doesNotContain("topic=\"kinolift_");
        });
    }

    @Test
    void kafkasOwnMetrics_areThereForWhoAsks() {
        await().atMost(PATIENCE)
                .until(() -> fixture.get("metrics/kafka").body().contains("kafka_stream_thread_commit_total"));
        String all = fixture.get("metrics/kafka").body();
        assertThat(all)
                .containsPattern("kafka_consumer_fetch_manager_records_lag\\{.*topic=\"kinolift.frames\"")
                .contains(
                        "kafka_producer_record_send_total", "kafka_stream_state_", "kafka_stream_failed_stream_threads")
                .doesNotContain("topic=\"kinolift_", "kinolift_frames_received_total");
        String few = fixture.get("metrics").body();
        assertThat(few.lines().filter(line -> line.startsWith("kafka_")).map(line -> line.split("[{ ]", 2)[0]))
                .isSubsetOf("kafka_consumer_fetch_manager_records_lag", "kafka_stream_failed_stream_threads_total");
        assertThat(few.length() * 4L).isLessThan(all.length());
    }

    @Test
    void aPair_isTheInputAndTheOutputThatShowsIt() throws Exception {
        await().atMost(PATIENCE)
                .until(() -> fixture.getBytes("api/pair?stream=north").statusCode() == 200);
        HttpResponse<byte[]> response = fixture.getBytes("api/pair?stream=north");
        ByteBuffer body = ByteBuffer.wrap(response.body());
        byte[] header = new byte[body.getInt()];
        body.get(header);
        String json = new String(header, StandardCharsets.UTF_8);
        byte[] input = new byte[Math.toIntExact(number(json, "inputBytes"))];
        body.get(input);
        byte[] output = new byte[body.remaining()];
        body.get(output);
        // Twice the frames: outputs 2n and 2n + 1 show most of input n.
        assertThat(number(json, "outputSequence") / 2).isEqualTo(number(json, "inputSequence"));
        assertThat(ImageIO.read(new ByteArrayInputStream(input)).getWidth()).isEqualTo(Cameras.WIDTH);
        assertThat(ImageIO.read(new ByteArrayInputStream(output)).getWidth()).isEqualTo(2 * Cameras.WIDTH);
    }

    @Test
    void theStatus_saysWhatIsDoneToWhichStream() {
        assertThat(fixture.get("api/status").body())
                .contains(
                        "\"windowSize\":2",
                        "\"enlargements\":{\"common\":"
                                + "\"trilinear × 2,2,2, jpeg\",\"groups\":[{\"match\":\"attic*\",\"plan\":\"conv-transpose3d × 1,3,3, png\"}]}");
    }

    @Test
    void picturesAreOnlyOfStreamsThatSomebodyLooksAt() {
        assertThat(fixture.getBytes("api/pair?stream=nobody").statusCode()).isEqualTo(204);
    }

    @Test
    void aDeadLetter_isShownAndReplayedWithTheToken() {
        await().atMost(PATIENCE)
                .until(() -> fixture.get("api/dead-letters").body().contains("UNDECODABLE"));
        String letters = fixture.get("api/dead-letters").body();
        long number = number(letters, "number");
        assertThat(fixture.get("api/dead-letters/" + number + "/picture").body())
                .isEqualTo("not a picture");
        assertThat(fixture.post("api/dead-letters/" + number + "/replay", "wrong")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> replayed = fixture.post("api/dead-letters/" + number + "/replay", LiveFixture.TOKEN);
        assertThat(replayed.statusCode()).isEqualTo(200);
        Matcher place = Pattern.compile("kinolift\\.frames-0@(\\d+)").matcher(replayed.body());
        assertThat(place.find()).as(replayed.body()).isTrue();
        assertThat(Long.parseLong(place.group(1))).isGreaterThan(number(letters, "offset"));
        assertThat(fixture.post("api/dead-letters/999/replay", LiveFixture.TOKEN)
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.post("api/dead-letters/x/replay", LiveFixture.TOKEN).statusCode())
                .isEqualTo(400);
    }

    @Test
    void thePage_isServedAndMayLoadNothingFromOutside() {
        HttpResponse<String> page = fixture.get("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Kinolift</title>");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
        for (String file : new String[] {
            "page.js", "stage.js", "player.js", "pairs.js", "viewer.js", "plots.js", "letters.js", "style.css"
        }) {
            assertThat(fixture.get(file).statusCode()).isEqualTo(200);
            assertThat(fixture.get(file).body()).doesNotContain("https://");
        }
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile('"' + name + "\":(\\d+)").matcher(json);
        assertThat(matcher.find()).as("%s in %s", name, json).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
