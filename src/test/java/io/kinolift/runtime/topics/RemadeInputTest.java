package io.kinolift.runtime.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.topology.InputTopics;
import java.util.List;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemadeInputTest {
    private static final TopicPartition FIRST = new TopicPartition("frames", 0);
    private static final TopicPartition SECOND = new TopicPartition("frames", 1);

    private final RemadeInput remade = new RemadeInput(new InputTopics("frames"));

    @BeforeEach
    void knowsTheTopic() {
        remade.learn(List.of(topic("frames", 1)));
    }

    private static TopicDescription topic(String name, long id) {
        return new TopicDescription(name, false, List.of(), null, new Uuid(id, id));
    }

    @Test
    void aTopicThatIsTheSame_isReadOn() {
        remade.learn(List.of(topic("frames", 1)));
        assertThat(remade.take(List.of(FIRST, SECOND))).isEmpty();
    }

    @Test
    void aTopicThatWasMadeAgain_isReadFromItsBeginning_eachPartitionOnce() {
        remade.learn(List.of(topic("frames", 2)));
        assertThat(remade.take(List.of(FIRST))).containsExactly(FIRST);
        assertThat(remade.take(List.of(FIRST, SECOND))).containsExactly(SECOND);
        assertThat(remade.take(List.of(FIRST, SECOND))).isEmpty();
    }

    @Test
    void aTopicThatIsMadeAgainTwice_isReadFromItsBeginningTwice() {
        remade.learn(List.of(topic("frames", 2)));
        assertThat(remade.take(List.of(FIRST))).containsExactly(FIRST);
        remade.learn(List.of(topic("frames", 3)));
        assertThat(remade.take(List.of(FIRST))).containsExactly(FIRST);
    }

    @Test
    void anotherTopic_isOfNoConcern() {
        remade.learn(List.of(topic("changelog", 1)));
        remade.learn(List.of(topic("changelog", 2)));
        assertThat(remade.take(List.of(new TopicPartition("changelog", 0)))).isEmpty();
    }

    @Test
    void aPartitionThatEndsBeforeItsOffset_isReadFromItsBeginning() {
        remade.suspect(SECOND);
        assertThat(remade.take(List.of(FIRST))).isEmpty();
        assertThat(remade.take(List.of(FIRST, SECOND))).containsExactly(SECOND);
        assertThat(remade.take(List.of(SECOND))).isEmpty();
    }
}
