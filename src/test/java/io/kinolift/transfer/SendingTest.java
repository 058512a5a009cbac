package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SendingTest {
    @Test
    void framesAreCounted() throws Exception {
        try (Sending sending = new Sending(Pace.unbounded(), () -> 7)) {
            assertThat(sending.await()).isEqualTo(7);
            assertThat(sending.failure()).isNull();
        }
    }

    /** The receiver would wait for frames until it loses patience. */
    @Test
    void tooLittleNativeMemory_isAFailureToo() throws Exception {
        OutOfMemoryError none = new OutOfMemoryError("no native memory for a frame");
        try (Sending sending = new Sending(Pace.unbounded(), () -> {
            throw none;
        })) {
            sending.await();
            assertThat(sending.failure()).isSameAs(none);
        }
    }
}
