package io.kinolift.runtime.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsIT {
    private static final int LIMIT = 20 << 20;
    private static final Topics TOPICS =
            new Topics("frames", "upscaled", "dead-letters", "accounts", 2, (short) 1, LIMIT, 1 << 20, 60_000);

    @TempDir
    Path parent;

    private EmbeddedBroker broker;
    private Admin admin;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(
                BrokerSettings.defaults().withParentFolder(parent).withMaxMessageBytes(3_000_000));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void createsWhatIsMissingOnce() throws Exception {
        assertThat(TOPICS.check(admin))
                .extracting(Topics.Finding::problem)
                .containsOnly("missing")
                .hasSize(4);

        assertThat(TOPICS.create(admin)).containsExactlyInAnyOrder("frames", "upscaled", "dead-letters", "accounts");

        assertThat(TOPICS.check(admin)).isEmpty();
        assertThat(TOPICS.create(admin)).isEmpty();
        assertThat(setting("accounts", "cleanup.policy")).isEqualTo("compact");
        assertThat(setting("upscaled", "cleanup.policy")).isEqualTo("delete");
        assertThat(setting("frames", "retention.ms")).isEqualTo("60000");
        assertThat(setting("frames", "segment.bytes")).isEqualTo(Integer.toString(LIMIT));
    }

    @Test
    void saysWhatIsTooSmallAndHowToMendIt() throws Exception {
        NewTopic frames = new NewTopic("frames", 3, (short) 1).configs(Map.of("max.message.bytes", "1000"));
        admin.createTopics(List.of(frames)).all().get();
        TOPICS.create(admin);

        assertThat(TOPICS.check(admin))
                .extracting(Topics.Finding::toString)
                .containsExactly(
                        "frames: max.message.bytes expected at least 20971520, found 1000; mend it with: kafka-configs.sh"
                                + " --alter --entity-type topics --entity-name frames --add-config max.message.bytes=20971520");
    }

    @Test
    void topicsGetTheLargestNumberOfPartitions_inOrder() {
        TOPICS.create(admin);
        PartitionPlan.of(admin, List.of("frames"), 4).run(admin, _ -> {});

        PartitionPlan plan = PartitionPlan.of(admin, List.of("upscaled", "absent", "frames", "accounts"), 3);
        assertThat(plan.commands())
                .isEqualTo("kafka-topics.sh --alter --topic upscaled --partitions 4, then "
                        + "kafka-topics.sh --alter --topic accounts --partitions 4");

        List<String> raised = new ArrayList<>();
        plan.run(admin, step -> raised.add(step.topic() + " " + step.from() + " " + step.to()));
        assertThat(raised).containsExactly("upscaled 2 4", "accounts 2 4");
        assertThat(PartitionPlan.of(admin, List.of("upscaled", "frames", "accounts"), 4)
                        .steps())
                .isEmpty();
    }

    @Test
    void aTopicWithoutALimitHasTheBrokers() throws Exception {
        admin.createTopics(List.of(new NewTopic("plain", 1, (short) 1))).all().get();
        // A broker hears of a new topic a moment after the controller has made it.
        await().ignoreException(UnknownTopicOrPartitionException.class)
                .untilAsserted(
                        () -> assertThat(Topics.maxMessageBytes(admin, "plain")).isEqualTo(3_000_000));
        assertThatThrownBy(() -> Topics.maxMessageBytes(admin, "absent"))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    private String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }
}
