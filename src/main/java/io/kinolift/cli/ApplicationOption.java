package io.kinolift.cli;

import picocli.CommandLine.Option;

/** The application that a command asks the brokers about. */
final class ApplicationOption {
    @Option(
            names = "--application-id",
            paramLabel = "NAME",
            defaultValue = "${env:KINOLIFT_KAFKA_APPLICATION_ID:-kinolift}",
            description = "which application: its application.id (default ${DEFAULT-VALUE})")
    private String id;

    String id() {
        return id;
    }
}
