package io.kinolift.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka's clients, and a check of their names. */
final class ClientSettings {
    /** Of plug-ins such as login modules and configuration providers nobody knows the names. */
    private static final Pattern OTHERS = Pattern.compile("(config\\.providers|topic)[.].*");

    /** What a setting may begin with that is of one kind of client only, as Kafka Streams has them. */
    private static final Pattern KIND = Pattern.compile("^((main|restore|global)\\.)?(consumer|producer|admin)\\.");

    /** Such names differ in no more letters from what was meant. */
    private static final int TYPING_ERROR = 3;

    private static final Set<String> KNOWN = known();

    private ClientSettings() {}

    private static Set<String> known() {
        Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(StreamsConfig.configDef().names());
        names.add("config.providers");
        return names;
    }

    /** What the environment says of how to reach the brokers; {@code run} has more there, which is of its own clients. */
    static Map<String, String> of(Map<String, String> environment) {
        EffectiveSettings settings = new EffectiveSettings();
        settings.addEnvironment(environment);
        settings.requireKnownKafkas();
        Map<String, String> found = new HashMap<>(settings.kafkas());
        Collection<String> wanted = AdminClientConfig.configNames();
        found.keySet().removeIf(name -> !wanted.contains(name) && !name.startsWith("config.providers"));
        return found;
    }

    /** @throws UsageException naming the unknown setting and the nearest known one; names unlike any are for plug-ins */
    static void requireKnown(Collection<String> names, String place) {
        for (String prefixed : names) {
            String name = KIND.matcher(prefixed).replaceFirst("");
            if (!KNOWN.contains(name) && !OTHERS.matcher(name).matches()) {
                List<String> near = Nearest.of(name, KNOWN).stream()
                        .filter(other -> Nearest.distance(name, other) <= TYPING_ERROR)
                        .toList();
                if (!near.isEmpty()) {
                    throw new UsageException("expected settings of Kafka's clients in " + place + ", found " + prefixed
                            + "; did you mean " + String.join(" or ", near) + "?");
                }
            }
        }
    }
}
