package io.kinolift.runtime.group;

import io.kinolift.engine.StreamPlans;
import io.kinolift.frame.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an instance was set to do, in a few characters. It stands at the end of the client ids of an instance's consumers,
 * where all members of the group see it.
 *
 * @param sharesWindows whether windows go to any instance ({@code kinolift.parallelism=window})
 * @param pictures a hash of all settings that shape pictures or their times
 */
public record SettingsMark(boolean sharesWindows, String pictures) {
    private static final Pattern MARKED = Pattern.compile(".*-consumer-(stream|window)-([0-9a-f]{8})");
    private static final String WINDOW = "window";

    /** The mark of an instance that makes pictures by these plans. */
    public static SettingsMark of(StreamPlans plans, boolean sharesWindows) {
        String groups = plans.groups().stream()
                .map(group -> group.match() + "\n" + group.plan().fingerprint() + "\n")
                .collect(Collectors.joining());
        byte[] all = (groups + plans.common().fingerprint()).getBytes(StandardCharsets.UTF_8);
        return new SettingsMark(sharesWindows, Sha256.of(all).substring(0, 8));
    }

    /** That of a member; one of an older version has none. */
    static Optional<SettingsMark> of(String clientId) {
        Matcher matcher = MARKED.matcher(clientId);
        return matcher.matches()
                ? Optional.of(new SettingsMark(matcher.group(1).equals(WINDOW), matcher.group(2)))
                : Optional.empty();
    }

    /**
     * A client id that ends with this mark.
     *
     * @param clientId of the consumer of a stream thread, as Kafka Streams has it
     */
    public String on(String clientId) {
        return clientId + "-" + parallelism() + "-" + pictures;
    }

    /** The value of {@code kinolift.parallelism}. */
    String parallelism() {
        return sharesWindows ? WINDOW : "stream";
    }
}
