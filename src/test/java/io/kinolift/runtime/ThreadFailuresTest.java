package io.kinolift.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.topics.Rights;
import io.kinolift.topology.TopologySettings.TopicNames;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class ThreadFailuresTest {
    private final Throwable failure = new ProcessorStateException("no room");

    private static ThreadFailures failures(Function<Throwable, Optional<String>> mended) {
        return new ThreadFailures(
                new Rights(TopicNames.DEFAULT, "kinolift"),
                Optional.empty(),
                new ThreadRestarts(1, Duration.ofMinutes(10)),
                mended,
                () -> {});
    }

    @Test
    void aFailureWhoseReasonIsOver_doesNotCountAsARestart() {
        ThreadFailures failures = failures(_ -> Optional.of("a full disk"));
        for (int i = 0; i < 5; i++) {
            assertThat(failures.handle(failure)).isEqualTo(REPLACE_THREAD);
        }
        assertThat(failures.fatal()).isEmpty();
        assertThat(failures.last().orElseThrow()).endsWith("no room");
    }

    @Test
    void anyOtherFailure_counts() {
        ThreadFailures failures = failures(_ -> Optional.empty());
        assertThat(failures.handle(failure)).isEqualTo(REPLACE_THREAD);
        assertThat(failures.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures.fatal()).contains(failure);
    }

    @Test
    void aFullDisk_isSaidWithTheFolder() {
        Throwable failure = new ProcessorStateException(
                "Error while executing flush from store windows",
                new RocksDBException("While appending to file: state/0_0/windows/9.sst: No space left on device"));
        assertThat(ThreadFailures.text(failure))
                .isEqualTo("the stores cannot be written or read (--state-dir): While appending to file:"
                        + " state/0_0/windows/9.sst: No space left on device");
        assertThat(ThreadFailures.text(new IllegalStateException("other"))).isEqualTo("other");
        assertThat(ThreadFailures.text(new IllegalStateException(null, new IllegalArgumentException("cause"))))
                .isEqualTo("cause");
        assertThat(ThreadFailures.text(new StackOverflowError())).isEqualTo("StackOverflowError");
    }
}
