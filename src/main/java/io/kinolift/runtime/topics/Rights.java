package io.kinolift.runtime.topics;

import io.kinolift.topology.Spread;
import io.kinolift.topology.TopologySettings.TopicNames;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * Names the right that is missing. Kafka says which topic or group, not which operation; that follows from what the
 * application does with it.
 */
public final class Rights {
    private final TopicNames topics;
    private final String applicationId;

    public Rights(TopicNames topics, String applicationId) {
        this.topics = topics;
        this.applicationId = applicationId;
    }

    /** One line, if a missing right or a refused login is behind the failure. */
    public Optional<String> missing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String found = switch (cause) {
                case TopicAuthorizationException topic -> ofTopics(topic.unauthorizedTopics());
                case GroupAuthorizationException _ -> "READ on group " + applicationId;
                case TransactionalIdAuthorizationException _ ->
                    "WRITE and DESCRIBE on transactional ids prefixed " + applicationId;
                case ClusterAuthorizationException _ -> "CREATE on topics prefixed " + applicationId + "-";
                default -> null;
            };
            if (found != null) {
                return Optional.of("expected the right " + found + ", found it missing");
            }
            if (cause instanceof AuthenticationException) {
                return Optional.of("the broker refuses the login: " + cause.getMessage());
            }
        }
        return Optional.empty();
    }

    private String ofTopics(Set<String> names) {
        return names.isEmpty()
                ? "CREATE, DESCRIBE, READ and WRITE on topics prefixed " + applicationId + "-"
                : names.stream()
                        .sorted()
                        .map(name -> operations(name) + " on topic " + name)
                        .collect(Collectors.joining(", and "));
    }

    private String operations(String topic) {
        if (topics.inputs().matches(topic)) {
            return "READ and DESCRIBE";
        }
        if (Spread.topics(applicationId).contains(topic)) {
            return "CREATE, ALTER, DELETE, READ, WRITE, DESCRIBE and DESCRIBE_CONFIGS";
        }
        return topics.written().contains(topic) ? "WRITE and DESCRIBE" : "CREATE, DESCRIBE, READ and WRITE";
    }
}
