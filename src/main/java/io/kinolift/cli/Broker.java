package io.kinolift.cli;

import io.kinolift.transfer.UnusablePlaceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Whether somebody answers at the address that was given. Kafka's clients ask for a minute without a word. */
final class Broker {
    private static final Duration SILENCE = Duration.ofSeconds(3);
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private Broker() {}

    /**
     * Returns when the cluster answers.
     *
     * @param patience how long to wait for that
     * @throws UnusablePlaceException with the address, if it does not
     */
    static void await(Map<String, String> clients, Duration patience, Consumer<String> told)
            throws UnusablePlaceException, InterruptedException {
        String address = clients.get("bootstrap.servers");
        // Before Kafka's classes are loaded, which takes seconds on a busy machine.
        Presence presence = Presence.at(address);
        boolean said = presence == Presence.NOBODY;
        if (said) {
            told.accept("waiting for " + address + ": " + presence.text());
        }
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put("default.api.timeout.ms", Long.toString(2 * patience.toMillis()));
        Admin admin = Admin.create(settings);
        try {
            var nodes = admin.describeCluster().nodes();
            try {
                nodes.get(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                if (!said) {
                    told.accept("waiting for " + address + ": "
                            + Presence.at(address).text());
                }
                nodes.get(patience.minus(SILENCE).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            throw new UnusablePlaceException(
                    "expected a Kafka broker at " + address + ", found none within " + patience.toSeconds() + " s: "
                            + Presence.at(address).text(),
                    e);
        } catch (ExecutionException e) {
            throw new UnusablePlaceException(
                    "expected a Kafka broker at " + address + ", found: " + Failures.text(e.getCause()), e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Tells of a broker that goes away, and comes back, while a command is at work; until it is closed. */
    static AutoCloseable watch(Map<String, String> clients, Consumer<String> told) {
        String address = clients.get("bootstrap.servers");
        Thread watch = Thread.ofVirtual().name("broker-watch").start(() -> {
            boolean away = false;
            try {
                while (true) {
                    Thread.sleep(LOOK);
                    boolean answers = Presence.at(address) != Presence.NOBODY;
                    if (answers == away) {
                        away = !answers;
                        told.accept(away ? "waiting for " + address : address + " is back");
                    }
                }
            } catch (InterruptedException _) {
                // Closed.
            }
        });
        return watch::interrupt;
    }
}
