package io.kinolift.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.frame.Rational;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Sound read ahead of pictures, from a topic of a real broker. Packets of 20 ms and 100 bytes. */
class SoundAheadIT {
    private static final int BYTES = 100;
    private static final long SECOND = 1_000_000;
    private static EmbeddedBroker broker;
    private static Map<String, String> clients;
    private static Producer<byte[], byte[]> producer;

    private String topic;
    private SoundAhead sound;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        clients = Map.of("bootstrap.servers", broker.bootstrapServers());
        producer = Clients.producer(clients, 1 << 20);
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        sound = new SoundAhead(this::reader, 1 << 20);
    }

    @AfterEach
    void close() {
        sound.close();
    }

    private SoundReader reader(long fromMillis) {
        return new SoundReader(
                Clients.consumer(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "allow.auto.create.topics", "false")),
                topic,
                "yard",
                fromMillis);
    }

    private void makeTopic() throws Exception {
        try (Admin admin = Admin.create(Map.copyOf(clients))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
            // A producer that is faster than the leaders may lose its first batch.
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < 3; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            await().ignoreExceptions().until(() -> admin.listOffsets(ends).all().get() != null);
        }
    }

    private static SoundTrack track(int number) {
        return new SoundTrack(
                number, "", "", "pcm_mulaw", 8000, 1, "mono", 0, 1, 8, 0, ByteBuffer.allocate(0), Rational.of(1, 8000));
    }

    private void send(String stream, long session, int track, long from, long to) {
        SoundSender sender = new SoundSender(producer, topic, stream, session);
        sender.announce(List.of(track(track)));
        sender.send(LongStream.range(from, to)
                .mapToObj(number -> new SoundPacket(track(track), number * 160, 160, false, ByteBuffer.allocate(BYTES)))
                .toList());
        producer.flush();
    }

    private List<Long> heard(long session, long untilMicros) {
        return LongStream.iterate(0, i -> i + 1)
                .mapToObj(_ -> Optional.ofNullable(sound.next(session, untilMicros)))
                .takeWhile(Optional::isPresent)
                .map(packet -> packet.orElseThrow().pts() / 160)
                .toList();
    }

    @Test
    void packetsComeInOrder_upToATime_ofTheirSessionAlone() throws Exception {
        makeTopic();
        send("yard", 1, 0, 0, 10);
        send("gate", 2, 0, 0, 10);
        send("yard", 2, 0, 100, 110);
        sound.begin(0);
        assertThat(sound.track(1, 20_000)).isEqualTo(track(0));
        await().atMost(Duration.ofSeconds(20)).until(() -> sound.known(2) != null);
        assertThat(heard(1, 60_000)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(heard(2, 2 * SECOND)).as("from 2 s on").containsExactly(100L);
        assertThat(heard(1, SECOND)).as("the session is over").isEmpty();
        assertThat(sound.known(1)).isNull();
        assertThat(heard(2, 3 * SECOND)).hasSize(9);
    }

    @Test
    void whoJoins_getsWhatIsSentFromThenOn() throws Exception {
        makeTopic();
        send("yard", 1, 0, 0, 10);
        // The first picture is taken in 20 s, so that what was sent is older than it must be.
        sound.begin(System.currentTimeMillis() + 20_000);
        assertThat(sound.track(1, 20_000)).as("nothing is there").isNull();
        send("yard", 2, 0, 50, 60);
        await().atMost(Duration.ofSeconds(20)).until(() -> sound.known(2) != null);
        assertThat(sound.known(1)).isNull();
        await().atMost(Duration.ofSeconds(20)).until(() -> heard(2, 2 * SECOND).contains(59L));
    }

    @Test
    void ofSeveralTracks_theFirstIsHeard() throws Exception {
        makeTopic();
        SoundSender sender = new SoundSender(producer, topic, "yard", 1);
        sender.announce(List.of(track(1), track(2)));
        for (int number = 0; number < 4; number++) {
            sender.send(List.of(
                    new SoundPacket(track(2), number * 160L, 160, false, ByteBuffer.allocate(BYTES)),
                    new SoundPacket(track(1), number * 160L, 160, false, ByteBuffer.allocate(BYTES))));
        }
        producer.flush();
        sound.begin(0);
        assertThat(sound.track(1, 20_000)).isEqualTo(track(1));
        await().atMost(Duration.ofSeconds(20)).until(() -> heard(1, SECOND).contains(3L));
    }

    @Test
    void whatHasNoRoom_isReadLater_andNothingIsLost() throws Exception {
        makeTopic();
        send("yard", 1, 0, 0, 1000);
        sound.close();
        sound = new SoundAhead(this::reader, 20 * BYTES);
        sound.begin(0);
        assertThat(sound.track(1, 20_000)).isNotNull();
        Thread.sleep(500);
        long first = heard(1, 100 * SECOND).size();
        // A poll of this consumer gives 16 records.
        assertThat(first).isBetween(20L, 20L + 2 * 16);
        AtomicInteger all = new AtomicInteger((int) first);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> all.addAndGet(heard(1, 100 * SECOND).size()) == 1000);
    }

    @Test
    void aSessionThatBeginsAgainAfterItsEnd_isHeardAgain() throws Exception {
        makeTopic();
        SoundSender sender = new SoundSender(producer, topic, "yard", 1);
        sender.announce(List.of(track(0)));
        sender.end();
        producer.flush();
        send("yard", 1, 0, 0, 10);
        sound.begin(0);
        await().atMost(Duration.ofSeconds(20)).until(() -> heard(1, SECOND).contains(9L));
    }

    @Test
    void aTimeThatNoClockCanShow_isLeftOut() throws Exception {
        makeTopic();
        SoundPacket never = new SoundPacket(track(0), 1L << 61, 160, false, ByteBuffer.allocate(BYTES));
        producer.send(new ProducerRecord<>(
                        topic, "yard".getBytes(StandardCharsets.UTF_8), SoundRecords.write("yard", 1, 0, never, true)))
                .get();
        send("yard", 1, 0, 0, 10);
        sound.begin(0);
        await().atMost(Duration.ofSeconds(20)).until(() -> heard(1, SECOND).contains(9L));
    }

    @Test
    void aTopicThatIsMissing_isNoSound_untilItIsThere() throws Exception {
        sound.begin(0);
        long begin = System.nanoTime();
        assertThat(sound.track(1, 30_000)).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        makeTopic();
        send("yard", 1, 0, 0, 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> heard(1, SECOND).contains(9L));
    }

    @Test
    void aFailure_isTriedAgain() throws Exception {
        makeTopic();
        send("yard", 1, 0, 0, 10);
        AtomicInteger tries = new AtomicInteger();
        sound.close();
        sound = new SoundAhead(
                fromMillis -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new KafkaException("no broker");
                    }
                    return reader(fromMillis);
                },
                1 << 20);
        sound.begin(0);
        assertThat(sound.track(1, 20_000)).as("not now").isNull();
        await().atMost(Duration.ofSeconds(30)).until(() -> heard(1, SECOND).contains(9L));
        assertThat(tries).hasValue(2);
    }
}
