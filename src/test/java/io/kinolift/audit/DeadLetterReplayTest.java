package io.kinolift.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.runtime.records.FramePlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class DeadLetterReplayTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Letter letter(ByteBuffer payload) {
        return new Letter(
                0,
                3,
                DeadLetter.newBuilder()
                        .setStreamId("images-1")
                        .setReason(DeadLetterReason.UNDECODABLE)
                        .setDetail("expected a JPEG")
                        .setSourceTopic("images")
                        .setSourcePartition(1)
                        .setSourceOffset(17)
                        .setPayloadBytes(4)
                        .setPayloadSha256("")
                        .setPayload(payload)
                        .build());
    }

    /** A stream may be named after its partition: its id is not its key. */
    @Test
    void aRecordThatIsStillThere_isSentAsItWas() {
        ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>(
                "images",
                1,
                17,
                1_764_000_000_000L,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                bytes("jpeg"),
                new RecordHeaders().add("timestamp", bytes("12")),
                Optional.empty());
        DeadLetterReplay replay = new DeadLetterReplay(
                producer, place -> Optional.of(original).filter(_ -> place.equals(new FramePlace("images", 1, 17))));
        assertThat(replay.send(letter(null), (_, _) -> {})).isNull();
        assertThat(producer.history()).singleElement().satisfies(sent -> {
            assertThat(sent.topic()).isEqualTo("images");
            assertThat(sent.partition()).isEqualTo(1);
            assertThat(sent.key()).isNull();
            assertThat(sent.value()).isEqualTo(bytes("jpeg"));
            assertThat(sent.timestamp()).isEqualTo(1_764_000_000_000L);
            assertThat(sent.headers().lastHeader("timestamp").value()).isEqualTo(bytes("12"));
        });
    }

    @Test
    void ofARecordThatIsGone_theLetterHoldsTheValue() {
        DeadLetterReplay replay = new DeadLetterReplay(producer, _ -> Optional.empty());
        assertThat(replay.send(letter(ByteBuffer.wrap(bytes("jpeg"))), (_, _) -> {}))
                .isNull();
        assertThat(producer.history())
                .singleElement()
                .extracting(ProducerRecord::key, ProducerRecord::value)
                .containsExactly(bytes("images-1"), bytes("jpeg"));
        assertThat(replay.send(letter(null), (_, _) -> {})).contains("left out");
    }
}
