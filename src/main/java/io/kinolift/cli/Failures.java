package io.kinolift.cli;

import org.apache.kafka.common.KafkaException;

/** A failure as one line that says something. */
final class Failures {
    private Failures() {}

    /** The message of the failure, or of the first cause that has one; names of classes where there is none. */
    static String text(Throwable failure) {
        Throwable said = failure;
        while (isMute(said) && said.getCause() != null) {
            said = said.getCause();
        }
        String text = isMute(said)
                ? said.getClass().getSimpleName() + " without a message"
                : said.getMessage().strip().lines().findFirst().orElseThrow();
        if (said instanceof KafkaException && !isMute(said.getCause())) {
            // Kafka's "failed to construct" gives the reason only in its cause.
            text += ": " + text(said.getCause());
        }
        return text;
    }

    private static boolean isMute(Throwable failure) {
        return failure == null
                || failure.getMessage() == null
                || failure.getMessage().isBlank();
    }
}
