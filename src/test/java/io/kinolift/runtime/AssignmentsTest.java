package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AssignmentsTest {
    @Test
    void aChange_isOneLine_andNoPartitionIsSaidToo() {
        Logger logger = (Logger) LoggerFactory.getLogger(Assignments.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            Assignments assignments = new Assignments();
            List<TopicPartition> partitions =
                    List.of(new TopicPartition("b", 10), new TopicPartition("b", 2), new TopicPartition("a", 0));
            assignments.are(partitions);
            assignments.are(partitions.reversed());
            assignments.are(List.of());
            assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
                    .containsExactly(
                            "assigned to this instance: a 0; b 2 10",
                            "no partition is assigned to this instance: it has nothing to do until another one stops,"
                                    + " or the topic gets more partitions");
        } finally {
            logger.detachAppender(lines);
        }
    }
}
