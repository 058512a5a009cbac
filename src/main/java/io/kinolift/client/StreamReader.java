package io.kinolift.client;

import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one stream, in order. It follows one session at a time: the one that was asked for, or else the first it
 * meets and every higher one after it. Records of lower sessions, and sequences that do not increase, are left out, unless
 * the session begins anew; of frames that refer to others, {@link DisplayOrder} leaves out what was sent again.
 */
final class StreamReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final String streamId;
    private final byte[] key;
    private final Long wanted;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
    private Long session;
    private long lastSequence = -1;
    /** Whether the session has ended. */
    private boolean ended;

    private boolean afterBreak;
    private ConsumerRecord<byte[], byte[]> firstOfSession;

    /** What a record of the stream is. */
    sealed interface Entry {}

    /**
     * A frame.
     *
     * @param place topic, partition and offset
     * @param afterBreak whether a session began with it that was not the first, or began anew, or damaged records came
     *     before it
     * @param restarts whether the session begins anew with it
     * @param decoded its picture, to be closed by who takes it; null if it is not decoded yet
     */
    record Picture(
            EncodedFrame frame, String place, boolean afterBreak, boolean restarts, io.kinolift.frame.Picture decoded)
            implements Entry {}

    /**
     * The end of the session.
     *
     * @param totals null on an input topic
     */
    record End(long frames, Totals totals) implements Entry {}

    /**
     * A record that cannot be read as a frame of this stream, or a frame without a picture.
     *
     * @param isError whether it is damaged, or the first one that lacks what it refers to
     * @param isNews whether the one before was not left out
     */
    record Damaged(String reason, boolean isError, boolean isNews) implements Entry {}

    private StreamReader(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, String streamId, Long session) {
        this.consumer = consumer;
        this.streamId = streamId;
        this.key = streamId.getBytes(StandardCharsets.UTF_8);
        this.wanted = session;
        consumer.assign(partitions);
    }

    /**
     * Finds the topic's partitions and goes to where the settings say.
     *
     * @param consumer is closed with the reader, but stays the caller's where this fails
     * @param limit how long to wait for the broker's answers
     * @throws KafkaException if the broker does not answer in time, or there is no such topic or partition
     */
    static StreamReader open(
            Consumer<byte[], byte[]> consumer, String streamId, GrabberSettings settings, Duration limit) {
        List<PartitionInfo> found = consumer.partitionsFor(settings.topic(), limit);
        List<TopicPartition> partitions = (found == null ? List.<PartitionInfo>of() : found)
                .stream()
                        .filter(info -> settings.partition() == null || info.partition() == settings.partition())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("expected topic " + settings.topic()
                    + (settings.partition() == null ? "" : " with a partition " + settings.partition())
                    + ", found none");
        }
        StreamReader reader = new StreamReader(consumer, partitions, streamId, settings.session());
        if (settings.fromEnd()) {
            consumer.seekToEnd(partitions);
            // Asks for the ends now, so that all that comes from here on is seen.
            partitions.forEach(partition -> consumer.position(partition, limit));
        } else {
            consumer.seekToBeginning(partitions);
        }
        return reader;
    }

    /** Goes back to the first frame of the present session; nothing happens if there has been none. */
    void rewind() {
        if (firstOfSession != null) {
            fetched.clear();
            TopicPartition partition = new TopicPartition(firstOfSession.topic(), firstOfSession.partition());
            consumer.seek(partition, firstOfSession.offset());
            lastSequence = -1;
            ended = false;
            afterBreak = false;
        }
    }

    /**
     * The next record of the stream.
     *
     * @param patience how long to wait for it, whatever else comes; null waits without limit
     * @return null if none came
     * @throws KafkaException if the broker refuses, or the consumer was woken up
     */
    Entry next(Duration patience) {
        long start = System.nanoTime();
        while (true) {
            while (!fetched.isEmpty()) {
                Entry entry = entry(fetched.remove());
                if (entry != null) {
                    return entry;
                }
            }
            if (patience != null && System.nanoTime() - start > patience.toNanos()) {
                return null;
            }
            consumer.poll(POLL).forEach(record -> {
                if (Arrays.equals(record.key(), key)) {
                    fetched.add(record);
                }
            });
        }
    }

    private Entry entry(ConsumerRecord<byte[], byte[]> record) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        if (record.value() == null) {
            return damaged(place, "expected a frame, found a record without value");
        }
        try {
            VideoFrame parsed = FrameRecords.parse(record.value());
            if (!parsed.getStreamId().equals(streamId)) {
                return damaged(
                        place,
                        "expected streamId \"" + streamId + "\" as the record's key is, found \"" + parsed.getStreamId()
                                + "\"");
            }
            if (wanted != null && parsed.getSession() != wanted) {
                return null;
            }
            return parsed.getEndOfStream() ? end(parsed) : picture(record, FrameRecords.frame(parsed), place);
        } catch (MalformedRecordException e) {
            return damaged(place, e.getMessage());
        }
    }

    private Damaged damaged(String place, String reason) {
        afterBreak = true;
        return new Damaged(place + ": " + reason, true, true);
    }

    /** Ends of older sessions are ignored. */
    private Entry end(VideoFrame parsed) throws MalformedRecordException {
        if (session != null && parsed.getSession() < session) {
            return null;
        }
        ended = true;
        return new End(FrameRecords.sequence(parsed), parsed.getTotals());
    }

    private Entry picture(ConsumerRecord<byte[], byte[]> record, EncodedFrame frame, String place) {
        if (session != null && frame.session() < session) {
            return null;
        }
        boolean newSession = session == null || frame.session() > session;
        boolean restarts = !newSession
                && frame.sequence() == 0
                && lastSequence >= 0
                && (ended || (frame.discontinuity() && lastSequence > 0));
        if (newSession || restarts) {
            afterBreak |= session != null;
            session = frame.session();
            lastSequence = -1;
            ended = false;
            firstOfSession = record;
        }
        // Frames that are sent again may be referred to by later ones.
        if (frame.sequence() <= lastSequence && !frame.format().codec().isInterCoded()) {
            return null;
        }
        lastSequence = Math.max(lastSequence, frame.sequence());
        Picture picture = new Picture(frame, place, afterBreak, restarts, null);
        afterBreak = false;
        return picture;
    }

    /** Says that a frame could not be used, so that the next one knows. */
    void markBreak() {
        afterBreak = true;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
