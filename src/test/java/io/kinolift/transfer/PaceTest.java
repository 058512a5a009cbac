package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PaceTest {
    private final Pace pace = new Pace(3);
    private final AtomicLong sent = new AtomicLong();

    @Test
    void theSenderIsNeverFurtherAheadThanAllowed() throws Exception {
        Thread sender = sender(10);
        awaitWaiting(sender);
        assertThat(sent).hasValue(3);
        pace.received(2);
        awaitSent(5);
        // What was received stays received.
        pace.received(1);
        awaitWaiting(sender);
        assertThat(sent).hasValue(5);
        pace.received(7);
        sender.join();
        assertThat(sent).hasValue(10);
    }

    @Test
    void aSenderThatIsReleasedRunsFree() throws Exception {
        Thread sender = sender(1000);
        awaitWaiting(sender);
        pace.release();
        sender.join();
        assertThat(sent).hasValue(1000);
    }

    @Test
    void withoutABoundNobodyWaits() throws Exception {
        Pace.unbounded().awaitTurn(Long.MAX_VALUE - 1);
    }

    private Thread sender(int frames) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                for (int frame = 0; frame < frames; frame++) {
                    pace.awaitTurn(frame);
                    sent.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void awaitWaiting(Thread sender) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sender.getState() == Thread.State.WAITING);
    }

    private void awaitSent(long frames) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sent.get() == frames);
    }
}
