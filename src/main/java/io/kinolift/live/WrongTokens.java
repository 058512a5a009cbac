package io.kinolift.live;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A bound on guesses: after some wrong tokens from one address, none is compared any more until a minute is over. Other
 * addresses are not affected, so nobody can keep the owner of the token out from elsewhere.
 */
final class WrongTokens {
    static final int MAX = 10;
    static final Duration PERIOD = Duration.ofMinutes(1);
    /** The address that was heard of longest ago is forgotten for another. */
    private static final int MAX_ADDRESSES = 10_000;
    /** In the network of one IPv6 user there are more addresses than can be counted. */
    private static final int NETWORK_BYTES = 8;

    private final LongSupplier nanos;
    private final Map<String, Guesses> guesses = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesses> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    enum Verdict {
        RIGHT,
        WRONG,
        TOO_MANY
    }

    private record Guesses(int wrong, long sinceNanos) {}

    WrongTokens(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param comparison whether the token is right; not asked if there were too many wrong ones */
    synchronized Verdict judge(String address, BooleanSupplier comparison) {
        String network = network(address);
        long now = nanos.getAsLong();
        Guesses before = guesses.get(network);
        if (before == null || now - before.sinceNanos() > PERIOD.toNanos()) {
            before = new Guesses(0, now);
        }
        if (before.wrong() >= MAX) {
            return Verdict.TOO_MANY;
        }
        if (comparison.getAsBoolean()) {
            return Verdict.RIGHT;
        }
        guesses.put(network, new Guesses(before.wrong() + 1, before.sinceNanos()));
        return Verdict.WRONG;
    }

    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length <= NETWORK_BYTES ? address : Arrays.toString(Arrays.copyOf(bytes, NETWORK_BYTES));
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
