package io.kinolift.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Which settings are secret, ours and Kafka's, and how texts are shown that may have a secret in them. */
public final class Secrets {
    /** Stands for what is not shown. */
    public static final String HIDDEN = "(hidden)";

    /** Also of plug-ins, whose settings Kafka does not know. */
    private static final Pattern NAME = Pattern.compile(
            ".*(password|passphrase|secret|token|jaas|credential|user\\.info|api\\.?key|private\\.?key|key$).*");

    private static final Pattern LOGIN = Pattern.compile("(://)[^/@\\s]+@");
    /** Filled in by Kafka's configuration providers: only says where the secret is. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:]+:[^}]*}");

    private static final Set<String> KAFKAS = Stream.of(
                    AdminClientConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef())
            .flatMap(definition -> definition.configKeys().values().stream())
            .filter(key -> key.type == ConfigDef.Type.PASSWORD)
            .map(key -> key.name)
            .collect(Collectors.toUnmodifiableSet());

    private Secrets() {}

    /**
     * Whether a setting is secret.
     *
     * @param name ours or Kafka's, also with a client's prefix such as {@code consumer.}
     */
    public static boolean isName(String name) {
        return KinoliftConfig.find(name).map(Setting::isSecret).orElse(false)
                || KAFKAS.stream().anyMatch(secret -> name.equals(secret) || name.endsWith("." + secret))
                || NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether somebody who reads the value knows a secret. */
    public static boolean tells(String name, String value) {
        return isName(name)
                ? !value.isBlank() && !REFERENCE.matcher(value.strip()).matches()
                : LOGIN.matcher(value).find();
    }

    /** The value for a person to read. */
    public static String shown(String name, String value) {
        return isName(name) && tells(name, value) ? HIDDEN : withoutLogins(value);
    }

    /** A text without the user names and passwords of URLs. */
    public static String withoutLogins(String text) {
        return LOGIN.matcher(text).replaceAll("$1" + HIDDEN + "@");
    }
}
