package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.codec.image.ImageHeader;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics whose values are images: what goes in by public habit, and what the consumer sees. */
class ImageStreamTest {
    private static final long START = 1_764_000_000_000L;
    private static final String[] IMAGES = {
        "input.format",
        "image",
        "output.format",
        "image",
        "frame.codec",
        "auto",
        "scale.factor",
        "2,2,2",
        "temporal.grid",
        "source"
    };

    /** Telephones do not turn their pictures: they say which side is up, and viewers turn them. */
    @ParameterizedTest
    @ValueSource(strings = {"image", "json"})
    void theUpperSide_staysTheUpperSide(String format) throws Exception {
        byte[] exif =
                HexFormat.of().parseHex("ffe100224578696600004d4d002a00000008000101120003000000010006000000000000");
        byte[] plain = jpeg(0);
        byte[] turned = ByteBuffer.allocate(plain.length + exif.length)
                .put(plain, 0, 2)
                .put(exif)
                .put(plain, 2, plain.length - 2)
                .array();
        try (TopologyFixture fixture = images("output.format", format)) {
            fixture.sendRecord("a", turned, new RecordHeaders(), START);
            fixture.sendRecord("a", null, new RecordHeaders(), START + 40);
            byte[] value = fixture.outputRecords().getFirst().value();
            byte[] picture = format.equals("image")
                    ? value
                    : new ObjectMapper().readTree(value).get("frame").binaryValue();
            assertThat(ImageHeader.read(ByteBuffer.wrap(picture))).hasToString("JPEG YUV420P 64x48");
            assertThat(HexFormat.of().formatHex(picture))
                    .contains(HexFormat.of().formatHex(exif));
        }
    }

    @Test
    void jpegsComeBackAsJpegs_withTheirKeyTimeAndHeaders() throws Exception {
        try (TopologyFixture fixture = images()) {
            for (int i = 0; i < 10; i++) {
                RecordHeaders headers = new RecordHeaders();
                headers.add("place", ("gate " + i).getBytes(StandardCharsets.UTF_8));
                fixture.sendRecord("cam-1", jpeg(i), headers, START + 40L * i);
            }
            fixture.sendRecord("cam-1", null, new RecordHeaders(), START + 400);
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records).hasSize(21);
            for (int i = 0; i < 20; i++) {
                TestRecord<String, byte[]> record = records.get(i);
                assertThat(record.key()).isEqualTo("cam-1");
                FrameFormat format = ImageHeader.read(ByteBuffer.wrap(record.value()));
                assertThat(format).hasToString("JPEG YUV420P 64x48");
                assertThat(record.timestamp()).isEqualTo(START + 20L * i);
                assertThat(header(record, "place")).isEqualTo("gate " + i / 2);
                assertThat(header(record, "kinolift.sequence")).isEqualTo(Integer.toString(i));
                assertThat(header(record, "kinolift.session")).isEqualTo(Long.toString(START));
                assertThat(header(record, "kinolift.width")).isEqualTo("64");
                assertThat(header(record, "kinolift.height")).isEqualTo("48");
                assertThat(header(record, "kinolift.discontinuity")).isEqualTo("false");
            }
            TestRecord<String, byte[]> end = records.getLast();
            assertThat(end.key()).isEqualTo("cam-1");
            assertThat(end.value()).isNull();
            assertThat(header(end, "kinolift.end")).isEqualTo("true");
            assertThat(header(end, "kinolift.upscaled")).isEqualTo("10");
            assertThat(fixture.accounts().getLast().getTotals().getUpscaled()).isEqualTo(10);
        }
    }

    @Test
    void recordsWithoutAKey_areTheStreamOfTheirPartition() {
        try (TopologyFixture fixture = images("output.end", "header")) {
            send(fixture, null, 3);
            fixture.sendRecord(null, null, new RecordHeaders(), START + 400);
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records)
                    .hasSize(7)
                    .allSatisfy(record -> assertThat(record.key()).isNull());
            assertThat(records.getLast().value()).isEmpty();
            assertThat(header(records.getFirst(), "kinolift.stream")).isEqualTo("kinolift.frames-0");
        }
    }

    /** Numbers of frames as keys would make every frame a stream of its own. */
    @Test
    void keysThatNameNoStream_canBePassedOver() {
        try (TopologyFixture fixture = images("input.stream", "partition")) {
            for (int i = 0; i < 6; i++) {
                fixture.sendRecord("frame-" + i, jpeg(i), new RecordHeaders(), START + 40L * i);
            }
            fixture.sendRecord("frame-6", null, new RecordHeaders(), START + 240);
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records).hasSize(13);
            assertThat(records.get(2).key()).isEqualTo("frame-1");
            assertThat(records.get(3).key()).isEqualTo("frame-1");
        }
    }

    @Test
    void afterTheEnd_anotherSessionBegins() {
        try (TopologyFixture fixture = images()) {
            send(fixture, "a", 3);
            fixture.sendRecord("a", null, new RecordHeaders(), START + 200);
            // The clock was set back meanwhile.
            fixture.sendRecord("a", jpeg(0), new RecordHeaders(), START - 1000);
            fixture.sendRecord("a", jpeg(1), new RecordHeaders(), START - 960);
            fixture.sendRecord("a", null, new RecordHeaders(), START - 920);
            List<Account> accounts = fixture.accounts();
            assertThat(accounts).extracting(Account::getSession).contains(START, START + 1);
            assertThat(accounts.getLast().getTotals().getUpscaled()).isEqualTo(2);
            assertThat(fixture.deadLetters()).isEmpty();
        }
    }

    @Test
    void anImageThatCannotBeRead_isADeadLetterAndLeavesAGap() {
        try (TopologyFixture fixture = images()) {
            send(fixture, "a", 3);
            fixture.sendRecord("a", "hello".getBytes(StandardCharsets.UTF_8), new RecordHeaders(), START + 120);
            fixture.sendRecord("a", new byte[0], new RecordHeaders(), START + 160);
            fixture.sendRecord("a", gif(), new RecordHeaders(), START + 200);
            byte[] damaged = jpeg(5);
            fixture.sendRecord("a", Arrays.copyOf(damaged, damaged.length - 30), new RecordHeaders(), START + 240);
            fixture.sendRecord("a", jpeg(7), new RecordHeaders(), START + 280);
            fixture.sendRecord("a", null, new RecordHeaders(), START + 400);
            assertThat(fixture.deadLetters())
                    .extracting(letter -> letter.getReason())
                    .containsExactly(
                            DeadLetterReason.UNPARSEABLE,
                            DeadLetterReason.UNPARSEABLE,
                            DeadLetterReason.UNPARSEABLE,
                            DeadLetterReason.UNDECODABLE);
            Account last = fixture.accounts().getLast();
            assertThat(last.getTotals().getReceived()).isEqualTo(8);
            assertThat(last.getTotals().getUpscaled()).isEqualTo(4);
            assertThat(fixture.outputRecords().stream()
                            .filter(record -> "true".equals(header(record, "kinolift.discontinuity"))))
                    .isNotEmpty();
        }
    }

    @Test
    void imagesOfChangingSizeAndKind_areSegments() {
        try (TopologyFixture fixture = images()) {
            send(fixture, "a", 3);
            fixture.sendRecord("a", image(Codec.PNG, PixelFormat.RGB24, 20, 10, 3), new RecordHeaders(), START + 120);
            fixture.sendRecord("a", image(Codec.PNG, PixelFormat.RGB24, 20, 10, 4), new RecordHeaders(), START + 160);
            fixture.sendRecord("a", null, new RecordHeaders(), START + 200);
            assertThat(fixture.deadLetters()).isEmpty();
            assertThat(fixture.outputRecords().stream()
                            .filter(record -> record.value() != null)
                            .map(record -> header(record, "kinolift.codec") + " " + header(record, "kinolift.width"))
                            .distinct())
                    .containsExactly("jpeg 64", "png 40");
        }
    }

    /** The year 2200 is not believed, and a record without a timestamp is a dead letter. */
    @ParameterizedTest
    @CsvSource({"0, 29", "7_258_118_400_000, 30"})
    void aTimestampThatCannotBe_costsAtMostItsFrame(String millis, long upscaled) {
        long timestamp = Long.parseLong(millis.replace("_", ""));
        try (TopologyFixture fixture = images()) {
            send(fixture, "a", 20);
            fixture.sendRecord("a", jpeg(20), new RecordHeaders(), timestamp);
            for (int i = 21; i < 30; i++) {
                fixture.sendRecord("a", jpeg(i), new RecordHeaders(), START + 40L * i);
            }
            fixture.sendRecord("a", null, new RecordHeaders(), START + 1200);
            Account last = fixture.accounts().getLast();
            assertThat(last.getTotals().getReceived()).isEqualTo(30);
            assertThat(last.getTotals().getUpscaled()).isEqualTo(upscaled);
        }
    }

    @Test
    void aRate_givesTimesToRecordsWithout() {
        try (TopologyFixture fixture = images("input.time", "rate", "input.fps", "29.97")) {
            for (int i = 0; i < 4; i++) {
                fixture.sendRecord("a", jpeg(i), new RecordHeaders(), 0);
            }
            fixture.sendRecord("a", null, new RecordHeaders(), 0);
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records).hasSize(9);
            assertThat(header(records.get(3), "kinolift.time.base")).isEqualTo("1001/60000");
            assertThat(header(records.get(3), "kinolift.pts")).isEqualTo("3");
        }
    }

    @Test
    void aTooLargeImage_isADeadLetterBeforeItIsDecoded() {
        try (TopologyFixture fixture = images("max.frame.pixels", "500")) {
            send(fixture, "a", 2);
            fixture.sendRecord("a", null, new RecordHeaders(), START + 100);
            assertThat(fixture.deadLetters())
                    .hasSize(2)
                    .allSatisfy(letter -> assertThat(letter.getReason()).isEqualTo(DeadLetterReason.LIMIT_EXCEEDED));
            assertThat(fixture.deadLetters()).isEmpty();
        }
    }

    private static TopologyFixture images(String... more) {
        List<String> settings = new ArrayList<>(List.of(IMAGES));
        settings.addAll(List.of(more));
        return new TopologyFixture(settings.toArray(String[]::new));
    }

    private static void send(TopologyFixture fixture, String key, int frames) {
        for (int i = 0; i < frames; i++) {
            fixture.sendRecord(key, jpeg(i), new RecordHeaders(), START + 40L * i);
        }
    }

    private static byte[] gif() {
        return "GIF89a and so on".getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] jpeg(int seed) {
        return image(Codec.JPEG, PixelFormat.YUV420P, 32, 24, seed);
    }

    static byte[] image(Codec codec, PixelFormat pixels, int width, int height, int seed) {
        try (FrameEncoder encoder = FrameCodecs.encoder(
                        TestPictures.format(codec, pixels, width, height), EncoderSettings.DEFAULT);
                Picture picture = TestPictures.ramp(pixels, width, height, seed)) {
            return encoder.encode(picture);
        } catch (FrameCodecException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
