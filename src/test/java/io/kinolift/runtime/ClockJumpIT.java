package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock of the machine is set by an hour while the application runs, forwards and back. Debian's package faketime
 * shows the process another time of day; the clock that nobody can set goes on as on a real machine.
 */
@Tag("endurance")
class ClockJumpIT {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final String RIGHT = "+0";
    private static final List<String> OFFSETS = List.of("+3600", RIGHT, "-3600", RIGHT);
    /** The library looks so often into the file. */
    private static final int LOOK_SECONDS = 1;

    private static final double LONGEST_OUTAGE = 60;

    @TempDir
    private Path folder;

    private Path clock;

    @BeforeEach
    void makeClock() throws Exception {
        assumeTrue(Files.exists(LIBRARY), () -> "expected Debian's package faketime, found no " + LIBRARY);
        clock = Files.writeString(folder.resolve("clock"), RIGHT);
    }

    @Test
    void theClockIsSetForthAndBack_noStreamEndsAndOutputGoesOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Disturbance streams = new Disturbance(clients, "clock", 2);
                    Instance instance =
                            streams.instance(folder, "one", environment(), "kinolift.stream.end.timeout.ms=600000")) {
                streams.send(12);
                instance.start();
                streams.awaitWork();
                for (String offset : OFFSETS) {
                    Files.writeString(clock, offset);
                    TimeUnit.SECONDS.sleep(2 * LOOK_SECONDS);
                    streams.send(12);
                    double outage = streams.secondsToOutput();
                    System.out.printf("clock set to %s s: %.1f s without output%n", offset, outage);
                    assertThat(outage).isLessThan(LONGEST_OUTAGE);
                    streams.awaitWork();
                }
                streams.end();
                streams.assertWhole(folder);
                assertThat(instance.isAlive()).isTrue();
                assertThat(instance.said())
                        .containsPattern(
                                "the clock was set back by (3599|3600) s; Kafka's clients would stand still for as long");
            }
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                LIBRARY.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_CACHE_DURATION",
                Integer.toString(LOOK_SECONDS),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Else a wait with a time limit returns at once, and the JVM spins.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }
}
