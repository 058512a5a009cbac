package io.kinolift.live.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of instances. Kafka Streams gives each stream thread a member of the group, named by instance and thread. */
final class MemberNames {
    private static final Pattern CLIENT = Pattern.compile("(.+)-StreamThread-\\d+(-consumer)?");
    private static final Pattern LASTING = Pattern.compile("(.+)-\\d+");

    private MemberNames() {}

    /** @param clientId of a member, or the name of a stream thread */
    static String ofClient(String clientId) {
        return first(CLIENT, clientId);
    }

    /** @param instanceId of a member: that of the configuration, and the number of the thread */
    static String ofLasting(String instanceId) {
        return first(LASTING, instanceId);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }
}
