package io.kinolift.cli;

import io.kinolift.transfer.UnusablePlaceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
        boolean said = Presence.at(address) == Presence.NOBODY;
        if (said) {
            told.accept(waiting(address, Presence.NOBODY));
        }
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put("default.api.timeout.ms", Long.toString(2 * patience.toMillis()));
        Admin admin = Admin.create(settings);
        try {
            await(admin.describeCluster().nodes(), address, said, SILENCE, patience, told);
        } catch (TimeoutException e) {
            throw new UnusablePlaceException(
                    "expected an answer from a Kafka broker at " + address + ", found none within "
                            + patience.toSeconds() + " s: "
                            + Presence.at(address).text(),
                    e);
        } catch (ExecutionException e) {
            throw new UnusablePlaceException(
                    "expected a Kafka broker at " + address + ", found: " + Failures.text(e.getCause()), e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /**
     * Waits for an answer, and tells if it is late: that it is, and that it has come.
     *
     * @param said whether it has been told already that nobody answers
     * @param silence how long to wait before that is told
     */
    static void await(
            Future<?> answer, String address, boolean said, Duration silence, Duration patience, Consumer<String> told)
            throws ExecutionException, TimeoutException, InterruptedException {
        boolean late = said;
        try {
            answer.get(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            if (!said) {
                told.accept(waiting(address, Presence.at(address)));
            }
            late = true;
            answer.get(patience.minus(silence).toMillis(), TimeUnit.MILLISECONDS);
        }
        if (late) {
            told.accept(address + " answers now");
        }
    }

    private static String waiting(String address, Presence presence) {
        return "waiting for " + address + ": " + presence.text();
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
