package io.kinolift.cli;

import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A broker to try things with. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        footer = {"  kinolift broker", "  kinolift broker --port 9092 --data-dir kafka-data"},
        exitCodeList = {"0:ended without a failure", ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE, ExitCodes.SAYS_STOPPED
        },
        description = {
            "Runs a Kafka broker for trying.",
            "Runs a Kafka broker of one node on the loopback interface until it is stopped: for trying, where there is no cluster."
        })
final class BrokerCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "where clients connect (default ${DEFAULT-VALUE}; 0 chooses a free one)")
    private int port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "where topics are kept between runs (default: a temporary folder, gone afterwards)")
    private Path dataFolder;

    @Override
    public Integer call() {
        BrokerSettings settings;
        try {
            settings = BrokerSettings.defaults().withPort(port);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(dataFolder == null ? settings : settings.withDataFolder(dataFolder))) {
            System.out.println("bootstrap server: " + broker.bootstrapServers());
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            if (e.getCause().getCause() instanceof BindException) {
                throw new UsageException("expected a port that is free (--port), found "
                        + e.getCause().getMessage());
            }
            throw e;
        }
        return 0;
    }
}
