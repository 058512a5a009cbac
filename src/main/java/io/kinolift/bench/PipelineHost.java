package io.kinolift.bench;

import io.kinolift.avro.Account;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The stream application as {@code run} starts it, with a broker in this process and a client at either end. */
final class PipelineHost implements AutoCloseable {
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Wire<Account> ACCOUNTS = new Wire<>(Account.getClassSchema());

    private final EmbeddedBroker broker;
    private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
    private final TopologySettings.TopicNames topics;
    private final Admin admin;
    private final KinoliftStreams streams;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final Consumer<byte[], byte[]> accounts;

    /**
     * @param settings of Kinolift
     * @param streamsSettings of Kafka Streams
     */
    PipelineHost(Map<String, String> settings, Map<String, String> streamsSettings) {
        KinoliftConfig config = new KinoliftConfig(settings);
        topics = TopologyPlan.topics(config);
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        try {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            admin = Admin.create(new HashMap<>(clients));
            new Topics(
                            topics.frames(),
                            topics.upscaled(),
                            topics.deadLetters(),
                            topics.accounts(),
                            1,
                            (short) -1,
                            BrokerSettings.DEFAULT_MAX_MESSAGE_BYTES,
                            SEGMENT_BYTES,
                            -1)
                    .create(admin);
            Map<String, String> all = new HashMap<>(streamsSettings);
            all.putAll(clients);
            streams = new KinoliftStreams(config, all, broker.scratch());
            producer = Clients.producer(clients, BrokerSettings.DEFAULT_MAX_MESSAGE_BYTES);
            consumer = reader(clients, topics.upscaled());
            accounts = reader(clients, topics.accounts());
            streams.start();
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static Consumer<byte[], byte[]> reader(Map<String, String> clients, String topic) {
        Consumer<byte[], byte[]> reader = Clients.consumer(clients);
        List<TopicPartition> only = List.of(new TopicPartition(topic, 0));
        reader.assign(only);
        reader.seekToBeginning(only);
        return reader;
    }

    KinoliftStreams streams() {
        return streams;
    }

    /** A JPEG as frame {@code sequence} of a stream, captured now. */
    void send(String stream, long sequence, int width, int height, byte[] jpeg) {
        FrameFormat format =
                new FrameFormat(Codec.JPEG, PixelFormat.YUV420P, width, height, Rational.ONE, Colour.UNSPECIFIED);
        send(
                stream,
                FrameRecords.write(new EncodedFrame(
                        stream,
                        0,
                        sequence,
                        sequence,
                        1,
                        Rational.of(1, PipelineInputs.RATE),
                        format,
                        true,
                        false,
                        System.currentTimeMillis() * 1000,
                        jpeg)));
    }

    /** Sends the end of a stream of so many frames, and everything that has not been sent yet. */
    void end(String stream, long frames) {
        send(stream, FrameRecords.writeEnd(stream, 0, frames, null));
        producer.flush();
    }

    private void send(String stream, byte[] record) {
        var _ = producer.send(
                new ProducerRecord<>(topics.frames(), stream.getBytes(StandardCharsets.UTF_8), record),
                (_, failure) -> sendFailure.compareAndSet(null, failure));
    }

    /** Committed records of the output topic that were not returned before. */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        requireAlive();
        return consumer.poll(timeout);
    }

    private void requireAlive() {
        if (sendFailure.get() != null) {
            throw new IllegalStateException(
                    "a frame could not be sent: " + sendFailure.get().getMessage());
        }
        streams.failure().ifPresent(failure -> {
            throw new IllegalStateException("the application failed: " + failure.getMessage(), failure);
        });
    }

    /**
     * Waits until a stream has ended and all its outputs are committed. It reads the account, which is in the same
     * transaction, so that pictures need not be read a second time.
     *
     * @return output frames
     * @throws IllegalStateException if nothing happens for too long
     */
    long awaitEnd(String stream) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            requireAlive();
            for (ConsumerRecord<byte[], byte[]> record : accounts.poll(Duration.ofMillis(50))) {
                Account account = account(record.value());
                if (account.getStreamId().equals(stream)) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                    if (account.getEnded()) {
                        return account.getTotals().getEmitted();
                    }
                }
            }
        }
        throw new IllegalStateException("expected " + stream + " to end, found no progress for " + PATIENCE);
    }

    private static Account account(byte[] record) {
        try {
            return ACCOUNTS.read(record);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Frees the disk of what has been sent and made. */
    void forget() {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (String topic : List.of(topics.frames(), topics.upscaled())) {
            all.put(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(-1));
        }
        try {
            admin.deleteRecords(all).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("records of the round before could not be deleted", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            streams.close();
            consumer.close();
            accounts.close();
            producer.close();
            admin.close();
        } finally {
            broker.close();
        }
    }
}
