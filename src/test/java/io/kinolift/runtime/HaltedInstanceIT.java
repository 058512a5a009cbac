package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An instance is halted at work, as by a debugger or a virtual machine that is moved, for longer than its session; the
 * other one takes over. Then it goes on as if nothing had been, in the middle of a transaction, and must not be heard.
 */
@Tag("endurance")
class HaltedInstanceIT {
    private static final String[] SETTINGS = {
        "session.timeout.ms=6000",
        "heartbeat.interval.ms=1000",
        // As long may readers wait for what is open in a halted instance.
        "transaction.timeout.ms=15000",
        "kinolift.start.check=warn"
    };

    @TempDir
    private Path folder;

    @Test
    void haltedForLongerThanItsSession_itsWorkIsDoneByTheOtherAndItComesBack() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Disturbance streams = new Disturbance(clients, "halted", 2);
                    Instance first = streams.instance(folder, "first", SETTINGS);
                    Instance second = streams.instance(folder, "second", SETTINGS);
                    CommitWatch commits = new CommitWatch(clients, "halted")) {
                first.start();
                streams.send(12);
                streams.awaitWork();
                second.start();
                second.awaitSaid("running:");
                streams.send(60);
                commits.awaitCommit(Disturbance.PATIENCE);
                first.halt();
                streams.output().poll();
                double outage = streams.secondsToOutput();
                streams.awaitWork();
                first.goOn();
                streams.send(12);
                streams.awaitWork();
                first.awaitSaid("missed a rebalance");
                // Each has work again, or gets it when the other one is gone.
                second.close();
                streams.send(12);
                streams.end();
                streams.assertWhole(folder);
                assertThat(first.isAlive()).isTrue();
                System.out.printf("halted for longer than its session: %.1f s without output%n", outage);
            }
        }
    }
}
