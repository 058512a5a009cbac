package io.kinolift.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.kinolift.wire.StreamIds;
import java.util.stream.Collectors;

/**
 * Text of the log and of terminals in a form that names from outside cannot abuse: further lines of a message are
 * indented, so that none looks like a message of its own, and control characters are shown as their numbers.
 */
final class LogText {
    private static final int MAX_CHARACTERS = 16_000;
    private static final String NEXT_LINE = "\n    | ";

    private LogText() {}

    /** One line for a terminal, of a text that has names from records or files in it. */
    static String line(String text) {
        return StreamIds.readable(bounded(text));
    }

    private static String bounded(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "...";
    }

    private static String safe(String text) {
        return bounded(text).lines().map(StreamIds::readable).collect(Collectors.joining(NEXT_LINE));
    }

    /** Logback's {@code %msg}. */
    public static final class Message extends MessageConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return safe(super.convert(event));
        }
    }

    /** Logback's {@code %ex} in a terminal: what happened, and why, in one line. */
    public static final class Failure extends ThrowableProxyConverter {
        private static final int MAX_CAUSES = 5;

        @Override
        public String convert(ILoggingEvent event) {
            StringBuilder text = new StringBuilder();
            int causes = 0;
            for (IThrowableProxy failure = event.getThrowableProxy();
                    failure != null && causes < MAX_CAUSES;
                    failure = failure.getCause(), causes++) {
                String name = failure.getClassName();
                text.append(causes == 0 ? NEXT_LINE.substring(1) : "; because of ")
                        .append(name.substring(name.lastIndexOf('.') + 1))
                        .append(failure.getMessage() == null ? "" : ": " + line(failure.getMessage()));
            }
            return text.isEmpty() ? "" : text.append('\n').toString();
        }
    }

    /** A failure with its stack trace, for a file. */
    public static final class Trace extends ThrowableProxyConverter {
        @Override
        public String convert(ILoggingEvent event) {
            String text = super.convert(event);
            return text.isEmpty() ? text : NEXT_LINE.substring(1) + safe(text.replace("\t", "  ")) + "\n";
        }
    }
}
