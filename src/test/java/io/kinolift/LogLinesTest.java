package io.kinolift;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** What comes from outside cannot look like a line of the log, or move a terminal's cursor. */
@Isolated
class LogLinesTest {
    private static final String FORGED = "gate\n12:00:00.000 ERROR Audit: all is lost\r\u001b[2J\u202egnp";

    private static List<String> log(Throwable failure) throws Exception {
        return log("io.kinolift.Test", Level.WARN, failure);
    }

    private static List<String> log(String logger, Level level, Throwable failure) throws Exception {
        return lines(loggers -> loggers.apply(logger).atLevel(level).log("dead letter of stream {}", FORGED, failure));
    }

    private static List<String> lines(Consumer<Function<String, Logger>> action) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            LoggerContext context = new LoggerContext();
            context.setMDCAdapter(new LogbackMDCAdapter());
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(LogLinesTest.class.getResource("/logback.xml"));
            context.start();
            action.accept(context::getLogger);
            context.stop();
        } finally {
            System.setErr(err);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aNewLineInANameGoesOnIndented() throws Exception {
        List<String> lines = log(null);
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).matches("[0-9:.]{12} WARN  Test: dead letter of stream gate");
        assertThat(lines.get(1)).isEqualTo("    | 12:00:00.000 ERROR Audit: all is lost");
        assertThat(lines.getLast()).isEqualTo("    | \\u001b[2J\\u202egnp");
    }

    @Test
    void aFailure_isOneLineWithItsCauses() throws Exception {
        List<String> lines = log(new IllegalStateException(FORGED, new IOException("disk full")));
        assertThat(lines).hasSize(4);
        assertThat(lines.getLast())
                .startsWith("    | IllegalStateException: gate\\u000a12:00")
                .endsWith("\\u202egnp; because of IOException: disk full");
    }

    @Test
    void kafkasClients_tellOfFailuresOnly() throws Exception {
        assertThat(log("org.apache.kafka.clients.producer.internals.Sender", Level.WARN, null))
                .isEmpty();
        assertThat(log("org.apache.kafka.clients.producer.internals.Sender", Level.ERROR, null))
                .isNotEmpty();
        assertThat(log("org.apache.kafka.streams.KafkaStreams", Level.WARN, null))
                .isNotEmpty();
    }

    @Test
    void kafkaStreams_tellsOfAFailureOnce_inWhateverClass() throws Exception {
        List<String> lines = lines(logger -> {
            for (String name : new String[] {"ProcessorStateManager", "TaskManager", "StreamThread"}) {
                logger.apply("org.apache.kafka.streams.processor.internals." + name)
                        .error(
                                "failed",
                                new IllegalStateException(new IOException(name + ".sst: No space left on device")));
            }
            logger.apply("org.apache.kafka.streams.KafkaStreams").error("failed", new IOException("another"));
            logger.apply("io.kinolift.Test").error("failed", new IOException("another"));
        });
        assertThat(lines.stream().filter(line -> line.endsWith(": failed")))
                .extracting(line -> line.substring(line.lastIndexOf(' ', line.length() - 8) + 1))
                .containsExactly("ProcessorStateManager: failed", "KafkaStreams: failed", "Test: failed");
    }
}
