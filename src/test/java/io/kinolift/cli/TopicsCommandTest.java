package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Without a broker. */
class TopicsCommandTest {
    @Test
    void topicsWithoutAPartition_areRefused() {
        CommandLineProgram.Outcome outcome = CommandLineProgram.run("topics", "--partitions", "0");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.output()).contains("expected --partitions of at least 1, found 0");
    }
}
