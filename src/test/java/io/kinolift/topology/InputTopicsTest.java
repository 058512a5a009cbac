package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class InputTopicsTest {
    @Test
    void aListHasItsNames() {
        InputTopics topics = new InputTopics("a, b.c ,d");
        assertThat(topics.names()).containsExactly("a", "b.c", "d");
        assertThat(topics.isOne()).isFalse();
        assertThat(topics.isPattern()).isFalse();
        assertThat(topics.matches("b.c")).isTrue();
        assertThat(topics.matches("bxc")).isFalse();
    }

    @Test
    void aPatternMatchesWholeNames() {
        InputTopics topics = new InputTopics("cam-*,gate.?");
        assertThat(topics.isPattern()).isTrue();
        assertThat(topics.isOne()).isFalse();
        assertThat(topics.matches("cam-1")).isTrue();
        assertThat(topics.matches("my-cam-1")).isFalse();
        assertThat(topics.matches("gate.7")).isTrue();
        assertThat(topics.matches("gate77")).isFalse();
    }

    @Test
    void outputsCannotBeInputs() {
        KinoliftConfig config = new KinoliftConfig(Map.of("kinolift.frames.topic", "kino*"));
        assertThatThrownBy(() -> TopologyPlan.topics(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("expected input topics other than kinolift.");
    }

    /** The same key on two topics. */
    @Test
    void aStreamBelongsToItsTopic() {
        try (TopologyFixture fixture = new TopologyFixture("frames.topic", "kinolift.frames,other")) {
            fixture.send(TopologyFixture.frame("a", 0));
            fixture.send("a", 1, 4);
            fixture.end("a", 0, 4);
            assertThat(fixture.deadLetters()).isEmpty();
            assertThat(fixture.output())
                    .isNotEmpty()
                    .allSatisfy(frame -> assertThat(frame.getStreamId()).isEqualTo("kinolift.frames/a"));
            assertThat(fixture.accounts().getLast().getSourceTopic()).isEqualTo("kinolift.frames");
        }
    }
}
