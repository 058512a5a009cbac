package io.kinolift.runtime;

import io.kinolift.engine.StreamPlans;
import io.kinolift.runtime.check.StartFacts;
import io.kinolift.runtime.group.GroupExit;
import io.kinolift.runtime.group.OtherSettings;
import io.kinolift.runtime.group.SameName;
import io.kinolift.runtime.group.SettingsMark;
import io.kinolift.runtime.state.StateFolder;
import io.kinolift.runtime.topics.SpreadTopics;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings;
import io.kinolift.topology.UpscaleTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
 * @param others instances with other settings
 * @param state the folder of stores that can be trusted
 */
record Preparation(
        TopologySettings settings,
        Properties properties,
        String application,
        Optional<String> instanceId,
        TopicRecovery topics,
        GroupExit exit,
        OtherSettings others,
        StateFolder state) {
    /**
     * Prepares a start.
     *
     * @throws IllegalStateException if topics, sizes or time limits are not fit, with one line per finding
     */
    static Preparation of(KinoliftConfig config, StreamPlans plans, Map<String, String> clientSettings, Path stateDir) {
        Map<String, Object> clients = new HashMap<>(clientSettings);
        try (Admin admin = Admin.create(clients)) {
            TopologySettings settings = TopologyPlan.of(
                    config,
                    plans,
                    StreamsProperties.application(clientSettings),
                    Topics.requireFit(admin, TopologyPlan.topics(config)));
            Properties properties =
                    StreamsProperties.of(clientSettings, stateDir, settings.maxRecordBytes(), largestRow(settings));
            String application =
                    properties.get(StreamsConfig.APPLICATION_ID_CONFIG).toString();
            Optional<String> instanceId =
                    Optional.ofNullable(clientSettings.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
            boolean spread = settings.spread().isPresent();
            if (spread) {
                StreamsProperties.forSpread(properties, clientSettings);
            }
            Path state = Path.of(properties.get(StreamsConfig.STATE_DIR_CONFIG).toString());
            Duration session = StreamsProperties.session(clientSettings);
            instanceId.ifPresent(
                    id -> new SameName(application, id, state.resolve(application), session).requireFree(admin));
            OtherSettings others = new OtherSettings(application, instanceId, SettingsMark.of(plans, spread), session);
            others.requireFit(admin);
            TopicRecovery topics = new TopicRecovery(clients, settings, application);
            boolean goesOn = topics.requireFit(admin, properties);
            topics.follow(properties);
            GroupExit exit = new GroupExit(clients, application, instanceId);
            List<String> read =
                    new ArrayList<>(Topics.inputs(admin, settings.topics().inputs()));
            SpreadTopics between = new SpreadTopics(application);
            if (spread) {
                makeTopics(admin, settings, between, properties, clients);
                topics.learnShared(admin);
                between.requireSameSettings(admin, clients, plans);
                read.addAll(between.names());
            } else {
                between.requireAllBack(admin, clients);
            }
            exit.leaveIfOutdated(admin, read, others.own());
            StartFacts.check(admin, config, settings, clientSettings.keySet(), properties);
            others.look(admin);
            // Last: it uses up what the run before has left, so nothing may refuse the start afterwards.
            StateFolder folder = StateFolder.open(state, application, goesOn);
            return new Preparation(settings, properties, application, instanceId, topics, exit, others, folder);
        }
    }

    /** Of a changelog, or of a topic between instances. */
    private static int largestRow(TopologySettings settings) {
        int row = StartFacts.rowBytes(settings.engine().limits().maxBytes());
        return settings.spread()
                .map(spread -> Math.max(
                        row,
                        Math.max(
                                StartFacts.rowBytes(spread.maxWindowBytes()),
                                UpscaleTopology.maxOutcomeBytes(settings))))
                .orElse(row);
    }

    private static void makeTopics(
            Admin admin,
            TopologySettings settings,
            SpreadTopics between,
            Properties properties,
            Map<String, Object> clients) {
        between.requireFit(
                admin,
                settings.spread().get(),
                settings.topics().inputs(),
                UpscaleTopology.maxOutcomeBytes(settings),
                Short.parseShort(properties
                        .getOrDefault(StreamsConfig.REPLICATION_FACTOR_CONFIG, "-1")
                        .toString()),
                clients);
    }
}
