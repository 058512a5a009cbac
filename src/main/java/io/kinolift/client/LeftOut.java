package io.kinolift.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames that a grabber has left out because they, or what they refer to, are damaged or missing. */
final class LeftOut {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

    private long count;
    private String last;

    /** @param isNews whether the one before was not left out; others of the same cause are not told one by one */
    void add(String reason, boolean isNews) {
        if (isNews) {
            LOG.warn("a record is left out: {}", reason);
        } else {
            LOG.debug("another record is left out: {}", reason);
        }
        count++;
        last = reason;
    }

    long count() {
        return count;
    }

    /** The last reason; null if there is none. */
    String last() {
        return last;
    }
}
