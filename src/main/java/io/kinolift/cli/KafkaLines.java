package io.kinolift.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;

/**
 * Hides Kafka's repeated lines from the terminal. Warnings of its clients tell of single requests that
 * are tried again, hundreds in an outage; what is not tried again is an exception, and that is told by who asked. And
 * Kafka Streams logs an exception in each class that it passes; the first time is enough.
 */
public final class KafkaLines extends Filter<ILoggingEvent> {
    private static final String KAFKA = "org.apache.kafka.";
    private static final String CLIENTS = KAFKA + "clients.";
    private static final long SAME_MILLIS = Duration.ofSeconds(10).toMillis();

    private String told = "";
    private long toldMillis;

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        String logger = event.getLoggerName();
        boolean retry = logger.startsWith(CLIENTS) && !event.getLevel().isGreaterOrEqual(Level.ERROR);
        boolean again = logger.startsWith(KAFKA) && event.getThrowableProxy() != null && isTold(event);
        return retry || again ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private boolean isTold(ILoggingEvent event) {
        String reason = reason(event.getThrowableProxy());
        boolean again = reason.equals(told) && event.getTimeStamp() - toldMillis < SAME_MILLIS;
        told = reason;
        toldMillis = event.getTimeStamp();
        return again;
    }

    /** Of the last cause: the class, and the end of its message, which is the same for all files. */
    private static String reason(IThrowableProxy failure) {
        IThrowableProxy last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String message = last.getMessage() == null ? "" : last.getMessage();
        return last.getClassName() + message.substring(message.lastIndexOf(':') + 1);
    }
}
