package io.kinolift.cli;

import io.kinolift.runtime.RecordFormats;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.InputSettings;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.settings.TopicSettings;
import io.kinolift.transfer.ingest.SourceIngest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * The topics that sources are sent to.
 *
 * @param frames name of the topic where an entry names none
 * @param sound where the sound of each entry goes; nothing for those whose sound is not sent
 * @param partitions where each entry goes; Kafka's hash chooses for those without
 * @param maxBytes the largest record of any of them
 */
record IngestTargets(
        String frames, Map<SourceEntry, String> sound, Map<SourceEntry, Integer> partitions, int maxBytes) {
    /**
     * @param clients settings of the cluster
     * @throws UsageException if one of them is missing, or takes other records
     */
    static IngestTargets of(
            Admin admin, Map<String, String> clients, ConnectionOptions connection, List<SourceEntry> entries) {
        String usual = connection.topics().frames();
        List<String> topics = entries.stream()
                .map(entry -> entry.options().topic == null ? usual : entry.options().topic)
                .distinct()
                .toList();
        topics.forEach(topic -> requireVideoFrames(connection, topic));
        RequiredTopics.require(admin, topics.toArray(String[]::new));
        int maxBytes = topics.stream()
                .mapToInt(topic -> Topics.maxMessageBytes(admin, topic))
                .max()
                .orElseThrow();
        String audio = connection.settings().get(TopicSettings.AUDIO_TOPIC);
        boolean exists = Topics.exists(admin, audio);
        boolean wanted =
                entries.stream().anyMatch(entry -> entry.options().sound.isWanted());
        if (!exists && entries.stream().anyMatch(entry -> entry.options().sound.isAsked())) {
            RequiredTopics.require(admin, audio);
        } else if (!exists && wanted) {
            Tell.line("sound is not sent: there is no topic " + audio
                    + " that this login may see (kinolift topics creates it, --audio off says nothing)");
        }
        Map<SourceEntry, String> sound = new HashMap<>();
        entries.stream()
                .filter(entry -> exists && entry.options().sound.isWanted())
                .forEach(entry -> sound.put(entry, audio));
        Map<SourceEntry, Integer> partitions =
                new IngestPartitions(admin, clients, connection.topics().accounts()).of(entries, usual);
        return new IngestTargets(usual, sound, partitions, maxBytes);
    }

    /** Other records would all become dead letters. */
    private static void requireVideoFrames(ConnectionOptions connection, String name) {
        String format = RecordFormats.input(connection.settings(), Optional.empty())
                .in(name)
                .name();
        if (!format.equals("avro")) {
            throw new UsageException("expected " + InputSettings.FORMAT + "=avro for " + name
                    + ", as ingest sends VideoFrame records, found " + format + " (environment "
                    + "KINOLIFT_INPUT_FORMAT, or a group of topics)");
        }
    }

    /** @param sources how many share this machine */
    SourceIngest plan(SourceEntry entry, int sources) {
        IngestOptions options = entry.options();
        KinoliftConfig encoding = options.encoding();
        return new SourceIngest(
                options.source.source(entry.name()),
                options.playback.playback(),
                options.streamId,
                options.session == null ? System.currentTimeMillis() : options.session,
                options.topic == null ? frames : options.topic,
                partitions.get(entry),
                options.isPassedOn() ? null : Plans.codecAlone(encoding),
                Plans.encoder(encoding),
                sound.get(entry),
                options.sound.choice(),
                Math.max(1, Runtime.getRuntime().availableProcessors() / sources));
    }
}
