package io.kinolift.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps warnings of Kafka's clients out of the terminal. They tell of single requests that are tried again, hundreds in
 * an outage; what is not tried again is an exception, and that is told by who asked.
 */
public final class KafkaRetries extends Filter<ILoggingEvent> {
    private static final String CLIENTS = "org.apache.kafka.clients.";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean retry =
                event.getLoggerName().startsWith(CLIENTS) && !event.getLevel().isGreaterOrEqual(Level.ERROR);
        return retry ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
