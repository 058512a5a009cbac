package io.kinolift.live;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a probe is told while a broker goes away, and when the application has stopped. */
class HealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Test
    void aBrokerOutage_makesItNotReadyAndKillsNothing() {
        try (LiveFixture fixture = new LiveFixture()) {
            fixture.start();
            await().atMost(PATIENCE).until(() -> fixture.get("ready").statusCode() == 200);
            fixture.stopBroker();
            await().atMost(PATIENCE).until(() -> fixture.get("ready").statusCode() == 503);
            assertThat(fixture.get("ready").body()).contains("no connection to a broker");
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
