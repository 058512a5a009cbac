package io.kinolift.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records that a grabber has left out because they are damaged. */
final class LeftOut {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

    private long count;
    private String last;

    void add(String reason) {
        LOG.warn("a record is left out: {}", reason);
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
