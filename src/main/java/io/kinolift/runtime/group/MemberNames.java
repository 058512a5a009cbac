package io.kinolift.runtime.group;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.MemberDescription;

/** Names of instances. Kafka Streams gives each stream thread a member of the group, named by instance and thread. */
public final class MemberNames {
    private static final Pattern CLIENT = Pattern.compile("(.+)-StreamThread-\\d+(-consumer.*)?");
    private static final Pattern LASTING = Pattern.compile("(.+)-\\d+");

    private MemberNames() {}

    /** The instance of a member: its lasting name ({@code group.instance.id}), or the client id that its threads share. */
    public static String of(MemberDescription member) {
        return member.groupInstanceId()
                .map(lasting -> first(LASTING, lasting))
                .orElseGet(() -> ofClient(member.clientId()));
    }

    /**
     * The client id that the threads of an instance share.
     *
     * @param clientId of a member, or the name of a stream thread
     */
    public static String ofClient(String clientId) {
        return first(CLIENT, clientId);
    }

    /** Whether a member is a thread of the instance with this lasting name, now or before its restart. */
    static boolean isOf(MemberDescription member, String instanceId) {
        return member.groupInstanceId()
                .filter(lasting -> LASTING.matcher(lasting).matches()
                        && first(LASTING, lasting).equals(instanceId))
                .isPresent();
    }

    /** From where a member talks to the broker. */
    public static String host(MemberDescription member) {
        return member.host().replaceFirst("^/", "");
    }

    /** The instances of these members and where they are, for people. */
    static String text(Collection<MemberDescription> members) {
        return members.stream()
                .map(member -> of(member) + " on " + host(member))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }
}
