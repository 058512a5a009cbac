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
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one stream, in order. It follows one session at a time: the one that was asked for, or else the first it
 * meets and every higher one after it. Records of lower sessions, and sequences that do not increase, are left out.
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
    private boolean afterBreak;
    private ConsumerRecord<byte[], byte[]> first;

    /** What a record of the stream is. */
    sealed interface Entry {}

    /**
     * A frame.
     *
     * @param place topic, partition and offset
     * @param afterBreak whether a session began with it that was not the first, or damaged records came before it
     */
    record Picture(EncodedFrame frame, String place, boolean afterBreak) implements Entry {}

    /**
     * The end of the session.
     *
     * @param totals null on an input topic
     */
    record End(long frames, Totals totals) implements Entry {}

    /** A record that is none of ours. */
    record Damaged(String reason) implements Entry {}

    /**
     * Assigns partitions.
     *
     * @param consumer is closed with this
     * @param session the only one to read; null reads all
     */
    StreamReader(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, String streamId, Long session) {
        this.consumer = consumer;
        this.streamId = streamId;
        this.key = streamId.getBytes(StandardCharsets.UTF_8);
        this.wanted = session;
        consumer.assign(partitions);
    }

    void seekToBeginning() {
        consumer.seekToBeginning(consumer.assignment());
    }

    /** Sees what comes from now on: the ends are asked for before this returns. */
    void seekToEnd() {
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    /** Goes back to the first frame of the present session; nothing happens if there has been none. */
    void rewind() {
        if (first != null) {
            fetched.clear();
            consumer.seek(new TopicPartition(first.topic(), first.partition()), first.offset());
            lastSequence = -1;
            afterBreak = false;
        }
    }

    /**
     * The next record of the stream.
     *
     * @param patience how long to wait for it; null waits without limit
     * @return null if none came
     * @throws org.apache.kafka.common.KafkaException if the broker refuses, or {@link #wakeup} was called
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
            consumer.poll(POLL).forEach(record -> {
                if (Arrays.equals(record.key(), key)) {
                    fetched.add(record);
                }
            });
            if (fetched.isEmpty() && patience != null && System.nanoTime() - start > patience.toNanos()) {
                return null;
            }
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
        return new Damaged(place + ": " + reason);
    }

    /** The end of an older session has come too late to be one. */
    private Entry end(VideoFrame parsed) throws MalformedRecordException {
        if (session != null && parsed.getSession() < session) {
            return null;
        }
        return new End(FrameRecords.sequence(parsed), parsed.getTotals());
    }

    private Entry picture(ConsumerRecord<byte[], byte[]> record, EncodedFrame frame, String place) {
        if (session != null && frame.session() < session) {
            return null;
        }
        if (session == null || frame.session() > session) {
            afterBreak |= session != null;
            session = frame.session();
            lastSequence = -1;
            first = record;
        }
        if (frame.sequence() <= lastSequence) {
            return null;
        }
        lastSequence = frame.sequence();
        Picture picture = new Picture(frame, place, afterBreak);
        afterBreak = false;
        return picture;
    }

    /** Says that a frame could not be used, so that the next one knows. */
    void markBreak() {
        afterBreak = true;
    }

    /** Ends a wait of another thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
