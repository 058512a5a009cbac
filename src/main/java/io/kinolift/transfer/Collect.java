package io.kinolift.transfer;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.runtime.records.SourceRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import io.kinolift.wire.input.SourceRecord;
import io.kinolift.wire.output.OutputReader;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one stream from a frames topic, from its beginning or later to its end record or earlier. */
public final class Collect {
    private static final Logger LOG = LoggerFactory.getLogger(Collect.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration POSITION_INTERVAL = Duration.ofSeconds(1);
    private static final Wire<DeadLetter> DEAD_LETTERS = new Wire<>(DeadLetter.getClassSchema());

    private final Consumer<byte[], byte[]> consumer;
    private final Settings settings;
    private final SessionFilter filter;
    private long lastToldNanos = System.nanoTime();
    private long lastNanos;
    private long pollNanos;
    private Totals totals;
    private long sequence;
    /** The session that has ended, until it begins anew or another begins; else null. */
    private Long ended;

    private String firstDeadLetter;

    /**
     * What to collect, and from where.
     *
     * @param deadLettersTopic watched for letters of the stream; null watches none
     * @param patience how long no record of the stream may come
     * @param reader of the topic's records
     * @param problem gives the reason why nothing more will come, or null
     * @param position is told now and then up to which offset a partition has been read
     * @param threads threads that decode
     * @param reordered whether frames may be shown in another order than that of their records
     */
    public record Settings(
            String topic,
            String deadLettersTopic,
            String streamId,
            Selection selection,
            Duration patience,
            RecordParser reader,
            Supplier<TransferException> problem,
            BiConsumer<TopicPartition, Long> position,
            int threads,
            boolean reordered) {}

    /** Reads a record that can be decoded, or the end of a stream. */
    public interface RecordParser {
        VideoFrame read(SourceRecord record) throws MalformedRecordException;
    }

    /** Receives frames in order. */
    public interface Sink {
        /**
         * The next one.
         *
         * @param picture is closed here; null if frames are copied
         */
        void frame(EncodedFrame frame, Picture picture) throws TransferException;

        /** The session begins anew: numbers and times of the frames that follow have nothing to do with those before. */
        default void restart() {}
    }

    /** Is told how far a stream has come. */
    public interface Progress {
        /** The frame with this sequence has been handed to the sink. */
        void handed(long sequence);

        /** The application has named the input frame with this sequence in a dead letter. */
        default void refused(long sequence) {}
    }

    /** Why there is no more. */
    public enum End {
        /** The stream has ended. */
        ENDED,
        /** All that was asked for is there. */
        ENOUGH,
        /** No frame came for too long. */
        SILENT,
        /** A newer session of the stream began. */
        REPLACED,
        /** Frames came in another format than before, which cannot be copied to the same place. */
        CHANGED,
        /** An end was asked for. */
        STOPPED
    }

    /**
     * What was collected.
     *
     * @param end why it ended there
     * @param session the last one that frames were taken of; null if none were
     * @param totals what the application counted; null if the topic is not an output topic
     * @param sequence number of frames of the stream, holes counted
     * @param frames frames received
     * @param firstDeadLetter the reason of the first dead letter seen, or null
     * @param leftOut one line about frames without a picture; empty if there are none
     */
    public record Result(
            End end, Long session, Totals totals, long sequence, long frames, String firstDeadLetter, String leftOut) {}

    /** @param consumer must read committed records only */
    public Collect(Consumer<byte[], byte[]> consumer, Settings settings) {
        this.consumer = consumer;
        this.settings = settings;
        this.filter = new SessionFilter(settings.selection());
    }

    /** Receives the stream up to its end, or as far as was asked. */
    public Result run(CodecPool codecs, Sink sink, Progress progress) throws TransferException, InterruptedException {
        try (DecodedDelivery delivery = new DecodedDelivery(
                codecs, settings.threads(), settings.reordered(), sink, progress::handed, filter::isWanted)) {
            return run(delivery, progress);
        }
    }

    /** As {@link #run}, but hands frames over as they are, without pictures. */
    public Result copy(Sink sink, Progress progress) throws TransferException, InterruptedException {
        filter.beginWithKeyFrame();
        return run(new CopiedDelivery(sink, progress::handed, filter::isWanted), progress);
    }

    private Result run(Delivery delivery, Progress progress) throws TransferException, InterruptedException {
        assign();
        lastNanos = System.nanoTime();
        End end = null;
        while (end == null) {
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                end = end == null && isOurs(record) ? take(record, delivery, progress) : end;
            }
            end = end == null ? outlook() : end;
            tellPosition();
        }
        delivery.finish();
        return new Result(
                end, filter.session(), totals, sequence, delivery.frames(), firstDeadLetter, delivery.leftOut());
    }

    /** @return why that was the last record; null if it was not */
    private End take(ConsumerRecord<byte[], byte[]> record, Delivery delivery, Progress progress)
            throws TransferException, InterruptedException {
        if (record.topic().equals(settings.deadLettersTopic())) {
            lastNanos = System.nanoTime();
            takeLetter(record, progress);
            return null;
        }
        VideoFrame parsed = parse(record, delivery);
        if (parsed == null) {
            return null;
        }
        SessionFilter.Verdict verdict = filter.judge(parsed);
        if (verdict == SessionFilter.Verdict.OTHER) {
            return null;
        }
        lastNanos = System.nanoTime();
        if (beginsAnew(parsed)) {
            delivery.restart();
        }
        switch (verdict) {
            case TAKEN -> {
                delivery.add(parsed);
                return delivery.isFull() ? End.CHANGED : null;
            }
            case EARLY -> delivery.early(parsed);
            case END -> {
                delivery.finish();
                ended = parsed.getSession();
                totals = parsed.getTotals();
                sequence = parsed.getSequence();
                if (!settings.selection().follow()) {
                    return End.ENDED;
                }
                LOG.info(
                        "session {} of stream {} has ended; waiting for the next one",
                        parsed.getSession(),
                        settings.streamId());
                return null;
            }
            case ENOUGH -> {
                return End.ENOUGH;
            }
            case REPLACED -> {
                return End.REPLACED;
            }
            case OTHER -> {}
        }
        return null;
    }

    /** Whether it is frame 0 of a session that has ended. Any other frame after the end was sent too late, or again. */
    private boolean beginsAnew(VideoFrame record) {
        if (ended == null || record.getEndOfStream() || (record.getSession() == ended && record.getSequence() != 0)) {
            return false;
        }
        boolean anew = record.getSession() == ended;
        ended = null;
        return anew;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        long start = System.nanoTime();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        pollNanos += records.isEmpty() ? 0 : System.nanoTime() - start;
        return records;
    }

    /** Time spent in polls that gave records. */
    long pollNanos() {
        return pollNanos;
    }

    private void tellPosition() {
        if (System.nanoTime() - lastToldNanos > POSITION_INTERVAL.toNanos()) {
            lastToldNanos = System.nanoTime();
            consumer.assignment()
                    .forEach(partition -> settings.position().accept(partition, consumer.position(partition)));
        }
    }

    private void assign() {
        List<TopicPartition> partitions = Stream.of(settings.topic(), settings.deadLettersTopic())
                .filter(topic -> topic != null)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        return OutputReader.streamId(SourceRecords.of(record)).equals(settings.streamId());
    }

    /** @return why nothing more is waited for; null while something is */
    private End outlook() throws TransferException {
        if (settings.selection().stopped().getAsBoolean()) {
            return End.STOPPED;
        }
        TransferException problem = settings.problem().get();
        if (problem != null) {
            throw problem;
        }
        if (System.nanoTime() - lastNanos <= settings.patience().toNanos()
                || settings.selection().follow()) {
            return null;
        }
        if (settings.selection().keepsPart() && filter.session() != null) {
            return End.SILENT;
        }
        throw new TransferException("expected a frame or the end of stream \"" + settings.streamId() + "\" on "
                + settings.topic() + " within " + settings.patience().toSeconds() + " s, found none"
                + (firstDeadLetter == null ? "" : "; first dead letter: " + firstDeadLetter));
    }

    /** Null if it cannot be read, and the stream goes on without it. */
    private VideoFrame parse(ConsumerRecord<byte[], byte[]> record, Delivery delivery)
            throws TransferException, InterruptedException {
        try {
            return settings.reader().read(SourceRecords.of(record));
        } catch (MalformedRecordException e) {
            String reason = record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + e.getMessage();
            if (delivery.lost(reason)) {
                return null;
            }
            throw new TransferException(reason, e);
        }
    }

    private void takeLetter(ConsumerRecord<byte[], byte[]> record, Progress progress) {
        String reason;
        try {
            DeadLetter letter = DEAD_LETTERS.read(record.value());
            reason = letter.getReason() + ": " + letter.getDetail();
            if (letter.getSequence() != null) {
                progress.refused(letter.getSequence());
            }
        } catch (MalformedRecordException e) {
            reason = e.getMessage();
        }
        firstDeadLetter = firstDeadLetter == null ? reason : firstDeadLetter;
    }
}
