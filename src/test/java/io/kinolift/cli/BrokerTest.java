package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A broker that answers late is told of once, and once more when it answers. */
class BrokerTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> answer = new CompletableFuture<>();

    @Test
    void anAnswerInTime_needsNoWords() throws Exception {
        answer.complete(null);
        Broker.await(answer, "127.0.0.1:1", false, LONG, LONG, told::add);
        assertThat(told).isEmpty();
    }

    @Test
    void aBusyBroker_isWaitedForAndItsAnswerIsTold() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + busy.getLocalPort();
            Broker.await(answer, address, false, SHORT, LONG, line -> {
                told.add(line);
                answer.complete(null);
            });
            assertThat(told).hasSize(2);
            assertThat(told.getFirst())
                    .startsWith(
                            "waiting for " + address + ": somebody takes connections there, but has not answered yet.")
                    .contains("busy or starting", "security.protocol", "the port is another one");
            assertThat(told.getLast()).isEqualTo(address + " answers now");
        }
    }

    @Test
    void aBrokerThatWasNotThere_isToldOfOnce_alsoIfItAnswersAtOnce() throws Exception {
        String address = "127.0.0.1:" + FreePorts.next();
        answer.complete(null);
        Broker.await(answer, address, true, LONG, LONG, told::add);
        assertThat(told).containsExactly(address + " answers now");
    }

    @Test
    void noAnswer_isTheEnd() throws Exception {
        String address = "127.0.0.1:" + FreePorts.next();
        assertThatThrownBy(() -> Broker.await(answer, address, false, SHORT, SHORT.multipliedBy(2), told::add))
                .isInstanceOf(TimeoutException.class);
        assertThat(told).containsExactly("waiting for " + address + ": nobody takes connections there");
    }
}
