package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class ThreadFailuresTest {
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
