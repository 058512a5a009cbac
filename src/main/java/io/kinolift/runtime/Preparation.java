package io.kinolift.runtime;

import io.kinolift.engine.StreamPlans;
import io.kinolift.runtime.check.StartFacts;
import io.kinolift.runtime.state.StateFolder;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a start asks the cluster for, checks and puts in order, before Kafka Streams begins.
 *
 * @param properties for Kafka Streams
 * @param instanceId the instance's lasting name in its group
 * @param topics keeps the topics fit from here on
 * @param state the folder of stores that can be trusted
 */
record Preparation(
        TopologySettings settings,
        Properties properties,
        String application,
        Optional<String> instanceId,
        TopicRecovery topics,
        GroupExit exit,
        StateFolder state) {
    /**
     * Prepares a start.
     *
     * @throws IllegalStateException if topics, sizes or time limits are not fit, with one line per finding
     */
    static Preparation of(KinoliftConfig config, StreamPlans plans, Map<String, String> clientSettings, Path stateDir) {
        Map<String, Object> clients = new HashMap<>(clientSettings);
        try (Admin admin = Admin.create(clients)) {
            TopologySettings settings =
                    TopologyPlan.of(config, plans, Topics.requireFit(admin, TopologyPlan.topics(config)));
            Properties properties = StreamsProperties.of(
                    clientSettings,
                    stateDir,
                    settings.maxRecordBytes(),
                    StartFacts.rowBytes(settings.engine().limits().maxBytes()));
            String application =
                    properties.get(StreamsConfig.APPLICATION_ID_CONFIG).toString();
            Optional<String> instanceId =
                    Optional.ofNullable(clientSettings.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
            Path state = Path.of(properties.get(StreamsConfig.STATE_DIR_CONFIG).toString());
            instanceId.ifPresent(id -> new SameName(
                            application, id, state.resolve(application), StreamsProperties.session(clientSettings))
                    .requireFree(admin));
            TopicRecovery topics = new TopicRecovery(clients, settings, application);
            boolean goesOn = topics.requireFit(admin, properties);
            topics.follow(properties);
            GroupExit exit = new GroupExit(clients, application, instanceId);
            exit.leaveIfUnassigned(admin, Topics.inputs(admin, settings.topics().inputs()));
            StartFacts.check(admin, config, settings, clientSettings.keySet(), properties);
            // Last: it uses up what the run before has left, so nothing may refuse the start afterwards.
            StateFolder folder = StateFolder.open(state, application, goesOn);
            return new Preparation(settings, properties, application, instanceId, topics, exit, folder);
        }
    }
}
