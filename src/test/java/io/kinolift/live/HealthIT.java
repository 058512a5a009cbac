package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.settings.KinoliftConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a probe is told while a broker goes away, and when the application has stopped. */
class HealthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Test
    void aBrokerOutage_makesItNotReadyAndKillsNothing() {
        // Without a broker it needs all of the time that it has to stop.
        try (LiveFixture fixture = new LiveFixture("kinolift.stop.timeout.ms", "1000")) {
            fixture.start();
            await().atMost(PATIENCE).until(() -> fixture.get("ready").statusCode() == 200);
            fixture.stopBroker();
            await().atMost(PATIENCE).until(() -> fixture.get("ready").statusCode() == 503);
            assertThat(fixture.get("ready").body()).contains("no connection to a broker");
            assertThat(fixture.get("live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aWarmUp_isSaid_andEndsWhenItIsStopped() throws Exception {
        try (LiveFixture fixture = new LiveFixture(
                "kinolift.preset",
                "best",
                "kinolift.scale.factor",
                "2,2,2",
                "kinolift.latency.budget.ms",
                "500",
                "kinolift.stop.timeout.ms",
                "1000")) {
            CompletableFuture<Void> start = CompletableFuture.runAsync(fixture::start);
            await().atMost(PATIENCE).until(() -> fixture.get("ready").body().contains("kinolift.warmup.ms"));
            assertThat(fixture.get("ready").statusCode()).isEqualTo(503);
            assertThat(fixture.get("ready").body()).doesNotContain("no connection", "being assigned");
            assertThat(fixture.get("live").statusCode()).isEqualTo(200);
            fixture.stopStreams();
            start.get(10, TimeUnit.SECONDS);
            assertThat(fixture.tasks()).isZero();
        }
    }

    @Test
    void streamsThatCrowdAPartition_areAFactWorthKnowing() throws Exception {
        try (LiveFixture fixture = new LiveFixture("kinolift.stop.timeout.ms", "1000")) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", fixture.bootstrapServers()))) {
                admin.createPartitions(Map.of("kinolift.frames", NewPartitions.increaseTo(2)))
                        .all()
                        .get();
            }
            fixture.start();
            await().atMost(PATIENCE)
                    .until(() -> fixture.tasks() == 2 && fixture.get("ready").statusCode() == 200);
            assertThat(fixture.get("ready").body()).doesNotContain("uneven");
            Stream.iterate(0, number -> number + 1)
                    .map(number -> "camera-" + number)
                    .filter(id -> BuiltInPartitioner.partitionForKey(id.getBytes(StandardCharsets.UTF_8), 2) == 1)
                    .limit(2)
                    .forEach(id -> fixture.sendFrames(id, 4));
            await().atMost(PATIENCE)
                    .until(() -> fixture.get("ready")
                            .body()
                            .contains("open streams are uneven here: 2 on partition 1, 0 on partition 0"));
            assertThat(fixture.get("ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anInstanceWithOtherSettings_isAFactWorthKnowing(@TempDir Path folder) {
        try (LiveFixture fixture = new LiveFixture("kinolift.scale.factor", "2,2,2")) {
            fixture.start();
            Map<String, String> clients = Map.of("bootstrap.servers", fixture.bootstrapServers());
            try (KinoliftStreams other = new KinoliftStreams(
                    new KinoliftConfig(Map.of("kinolift.scale.factor", "1,2,2")), clients, folder)) {
                other.start();
                await().atMost(PATIENCE)
                        .until(
                                () -> fixture.get("ready")
                                        .body()
                                        .contains(
                                                "these instances differ in settings that shape pictures, or in kinolift.parallelism: "));
                assertThat(fixture.get("ready").statusCode()).isEqualTo(200);
                assertThat(fixture.get("metrics").body()).contains("\nkinolift_settings_differ 1.0\n");
            }
        }
    }

    @Tag("endurance")
    @Test
    void withSharedWindows_instancesSayWhatTheyDo(@TempDir Path folder) {
        String[] pairs = {"kinolift.parallelism", "window", "kinolift.parallelism.lanes", "1"};
        Map<String, String> ours = Map.of(pairs[0], pairs[1], pairs[2], pairs[3]);
        try (LiveFixture fixture = new LiveFixture(pairs)) {
            Map<String, String> clients = Map.of("bootstrap.servers", fixture.bootstrapServers());
            try (LiveInstance second = new LiveInstance(ours, clients, folder.resolve("2"));
                    LiveInstance third = new LiveInstance(ours, clients, folder.resolve("3"))) {
                fixture.start();
                second.start();
                third.start();
                List<String> urls = List.of(fixture.url(), second.url(), third.url());
                // One partition of the input, and one lane.
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(urls)
                            .allSatisfy(url -> assertThat(
                                            fixture.getFrom(url, "ready").statusCode())
                                    .isEqualTo(200));
                    assertThat(saying(fixture, urls, "this instance upscales windows that others cut"))
                            .isOne();
                    assertThat(saying(
                                    fixture,
                                    urls,
                                    "nothing to do here until one is. There may be more instances than"
                                            + " partitions and lanes (kinolift.parallelism.lanes)"))
                            .isOne();
                });
            }
        }
    }

    private static long saying(LiveFixture fixture, List<String> urls, String text) {
        return urls.stream()
                .filter(url -> fixture.getFrom(url, "ready").body().contains(text))
                .count();
    }

    /** No window of these frames is done within a millisecond. The group waits 45 s for the member of a dead thread. */
    @Test
    void aLoneThreadThatFailed_makesItNotReadyWithinSeconds() {
        // With a thread that fails again and again, it also needs all of the time that it has to stop.
        try (LiveFixture fixture = new LiveFixture(
                "kinolift.window.timeout.ms",
                "1",
                "kinolift.start.check",
                "warn",
                "kinolift.thread.restarts",
                "100",
                "kinolift.stop.timeout.ms",
                "1000")) {
            fixture.start();
            await().atMost(PATIENCE).until(() -> fixture.get("ready").statusCode() == 200 && fixture.tasks() == 1);
            fixture.sendFrames("s", 12);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> fixture.get("ready").statusCode() == 503
                            && fixture.get("ready")
                                    .body()
                                    .contains("0 of 1 stream threads are running; the last failure"));
            assertThat(fixture.get("live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatHasStopped_isNotLive() {
        try (LiveFixture fixture = new LiveFixture()) {
            fixture.start();
            await().atMost(PATIENCE).until(() -> fixture.get("ready").statusCode() == 200);
            fixture.stopStreams();
            await().atMost(PATIENCE).until(() -> fixture.get("live").statusCode() == 503);
            assertThat(fixture.get("live").body()).contains("NOT_RUNNING");
        }
    }
}
