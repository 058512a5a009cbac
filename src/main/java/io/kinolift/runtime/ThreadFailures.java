package io.kinolift.runtime;

import io.kinolift.runtime.topics.Rights;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows when a stream thread fails. If its topics or a full disk are the reason, it is started again when
 * they are fit; otherwise a few times, and then the application stops. What the thread held is read again.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

    private final Rights rights;
    private final Optional<String> instanceId;
    private final ThreadRestarts restarts;
    private final Function<Throwable, Optional<String>> mended;
    private final Runnable restarted;
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private volatile Failure last;

    /**
     * @param mended what was behind a failure and is over, in words; waits for that, and is empty for anything else
     * @param restarted is called by a failed thread that gets a successor
     */
    ThreadFailures(
            Rights rights,
            Optional<String> instanceId,
            ThreadRestarts restarts,
            Function<Throwable, Optional<String>> mended,
            Runnable restarted) {
        this.rights = rights;
        this.instanceId = instanceId;
        this.restarts = restarts;
        this.mended = mended;
        this.restarted = restarted;
    }

    private record Failure(long nanos, String message) {}

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        String text = text(exception);
        last = new Failure(System.nanoTime(), text);
        Optional<String> hopeless = rights.missing(exception).or(() -> replaced(exception));
        Optional<String> reason = hopeless.isEmpty() ? mended(exception) : Optional.empty();
        if (reason.isPresent()) {
            restarted.run();
            LOG.warn("a stream thread stopped because of {} and is started again: {}", reason.get(), text);
            LOG.debug("because of", exception);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (hopeless.isEmpty() && restarts.isAllowed()) {
            restarted.run();
            LOG.error("a stream thread failed and is started again: {}", text, exception);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        fatal.compareAndSet(
                null,
                hopeless.<Throwable>map(line -> new IllegalStateException(line, exception))
                        .orElse(exception));
        if (hopeless.isPresent()) {
            LOG.error("the stream application stops: {}", hopeless.get());
            LOG.debug("because of", exception);
        } else {
            LOG.error("the stream application stops: {}", text, exception);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** A thread whose handler throws would have no successor, and nobody would be told. */
    private Optional<String> mended(Throwable exception) {
        try {
            return mended.apply(exception);
        } catch (RuntimeException e) {
            exception.addSuppressed(e);
            return Optional.empty();
        }
    }

    /** In Kafka Streams' own words, except for a disk: there it says only which store. Of causes the first with a message. */
    static String text(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof RocksDBException) {
                return "the stores cannot be written or read (--state-dir): " + cause.getMessage();
            }
        }
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return exception.getClass().getSimpleName();
    }

    /** Restarting would only evict the other instance. */
    private Optional<String> replaced(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedInstanceIdException) {
                return Optional.of("expected an instance id of its own (" + ConsumerConfig.GROUP_INSTANCE_ID_CONFIG
                        + ", --instance-id), found that another instance has joined with " + instanceId.orElse("it"));
            }
        }
        return Optional.empty();
    }

    /** The failure that stopped the application, if there was one. */
    Optional<Throwable> fatal() {
        return Optional.ofNullable(fatal.get());
    }

    /** The last failure in words, if there was one. */
    Optional<String> last() {
        return Optional.ofNullable(last)
                .map(failure -> "the last failure, "
                        + Duration.ofNanos(System.nanoTime() - failure.nanos()).toSeconds() + " s ago: "
                        + failure.message());
    }
}
