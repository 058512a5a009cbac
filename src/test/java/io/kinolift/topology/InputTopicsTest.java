package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.avro.Account;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.wire.FrameRecords;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void topicsBetweenInstancesCannotBeInputs() {
        Map<String, String> settings = Map.of("kinolift.frames.topic", "cam-*", "kinolift.parallelism", "window");
        KinoliftConfig config = new KinoliftConfig(settings);
        assertThatThrownBy(() -> TopologyPlan.of(config, Plans.streams(config), "cam-app", 1 << 20))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "expected input topics other than cam-app-windows, which is between the instances");
        assertThat(TopologyPlan.of(config, Plans.streams(config), "app", 1 << 20)
                        .spread())
                .isPresent();
    }

    /** The same key on two topics of a pattern; their records come in turn. */
    @Test
    void streamsOfAPattern_areTheSameWithSharedWindows() throws Exception {
        List<List<byte[]>> made = new ArrayList<>();
        for (String parallelism : List.of("stream", "window")) {
            try (TopologyFixture fixture =
                    new TopologyFixture("frames.topic", "cam-?", "parallelism", parallelism, "window.size", "3")) {
                for (long sequence = 0; sequence < 10; sequence++) {
                    byte[] frame = FrameRecords.write(TopologyFixture.frame("a", sequence));
                    fixture.sendTo("cam-1", "a", frame, 0);
                    fixture.sendTo("cam-2", "a", frame, 0);
                }
                fixture.sendTo("cam-1", "a", FrameRecords.writeEnd("a", 0, 10, null), 0);
                fixture.sendTo("cam-2", "a", FrameRecords.writeEnd("a", 0, 10, null), 0);
                made.add(fixture.rawOutput());
                assertThat(fixture.accounts())
                        .extracting(Account::getSourceTopic)
                        .contains("cam-1", "cam-2");
            }
        }
        assertThat(made.getLast()).hasSizeGreaterThan(20).containsExactlyElementsOf(made.getFirst());
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
