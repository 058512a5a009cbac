package io.kinolift.live.cluster;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The address of an instance's page, from what the instance says of itself in Kafka Streams' {@code application.server}.
 * That comes from another process, so only what is a host name or an address becomes a link.
 */
final class PageAddress {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9.])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int MOST = 65_535;

    private PageAddress() {}

    static Optional<String> of(HostInfo info) {
        String host = info.host();
        if (host == null || info.port() < 1 || info.port() > MOST) {
            return Optional.empty();
        }
        if (NAME.matcher(host).matches()) {
            return Optional.of("http://" + host + ":" + info.port() + "/");
        }
        return host.contains(":") && IPV6.matcher(host).matches()
                ? Optional.of("http://[" + host + "]:" + info.port() + "/")
                : Optional.empty();
    }
}
