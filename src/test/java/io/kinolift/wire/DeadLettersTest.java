package io.kinolift.wire;

import static io.kinolift.topology.TopologyFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.frame.Sha256;
import io.kinolift.topology.TopologyFixture;
import io.kinolift.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A dead letter never exceeds the limit of its topic, for any failure. */
class DeadLettersTest {
    private static final Wire<DeadLetter> WIRE = new Wire<>(DeadLetter.getClassSchema());

    @ParameterizedTest
    @ValueSource(ints = {TopologySettings.LEAST_RECORD_BYTES, 6000, 10_000, 100_000, 1 << 20})
    void whateverItsKeyDetailAndPayload_aLetterFits(int limit) throws Exception {
        Random random = new Random(limit);
        for (int round = 0; round < 300; round++) {
            byte[] key = new byte[random.nextInt(3000)];
            random.nextBytes(key);
            String id = StreamIds.ofKey(key);
            byte[] value = new byte[random.nextInt(2 * limit)];
            String detail = "\u20ac".repeat(random.nextInt(3000));
            byte[] letter = new DeadLetters(limit)
                    .write(new Rejection(
                            id,
                            null,
                            "t".repeat(249),
                            1,
                            Long.MAX_VALUE,
                            null,
                            value,
                            Rejection.Reason.UNPARSEABLE,
                            detail,
                            "java.lang.IllegalStateException"));
            int size = letter.length + id.getBytes(StandardCharsets.UTF_8).length + RecordSizes.OVERHEAD;
            assertThat(size).isLessThanOrEqualTo(limit);
            DeadLetter read = WIRE.read(letter);
            assertThat(read.getPayloadSha256()).isEqualTo(Sha256.of(value));
            assertThat(read.getPayloadBytes()).isEqualTo(value.length);
            assertThat(StreamIds.isShortened(id)).isEqualTo(key.length > StreamIds.MAX_BYTES);
        }
    }

    /** So that it can be sent again as it is. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 1_200})
    void aFramesLetter_carriesTheWholeRecordOrNothingOfIt(int limit) throws Exception {
        try (TopologyFixture fixture = new TopologyFixture(limit, "max.frame.pixels", "100")) {
            byte[] record = FrameRecords.write(frame("a", 0, 0, 24, 20));
            fixture.sendBytes("a", record);
            DeadLetter letter = fixture.deadLetters().getFirst();
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.LIMIT_EXCEEDED);
            assertThat(letter.getPayloadSha256()).isEqualTo(Sha256.of(record));
            if (limit > record.length + 1000) {
                assertThat(FrameRecords.bytes(letter.getPayload())).isEqualTo(record);
            } else {
                assertThat(letter.getPayload()).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyReason_hasItsNameInTheRecord(Rejection.Reason reason) throws Exception {
        Rejection rejection = new Rejection("a", null, "t", 0, 0, null, new byte[0], reason, "", null);
        DeadLetter letter = WIRE.read(new DeadLetters(10_000).write(rejection));
        assertThat(letter.getReason().name()).isEqualTo(reason.name());
    }
}
