package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.image.ImageHeader;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.runtime.RecordFormats;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.window.Envelope;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.input.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics whose values are JSON, in the shapes in which public projects send it. */
class JsonStreamTest {
    private static final long START = 1_764_000_000_000L;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String[] JSON = {
        "input.format",
        "json",
        "output.format",
        "json",
        "frame.codec",
        "auto",
        "scale.factor",
        "2,2,2",
        "temporal.grid",
        "source"
    };

    /** Text of a frame, with BASE64, HEX, DATA for its picture, MILLIS, SECONDS, ISO for its time, N for its number. */
    static List<Arguments> shapes() {
        return List.of(
                Arguments.of("{'camera_id':'c','timestamp':'ISO','rows':24,'cols':32,'type':16,'data':'RAW'}", "RAW"),
                Arguments.of("{'cameraId':'c','timestamp':'LOCAL','rows':24,'cols':32,'type':16,'data':'RAW'}", "RAW"),
                Arguments.of("{'frame':'BASE64','timestamp':SECONDS,'frame_id':N}", "JPEG"),
                Arguments.of("{'camera_id':3,'image_data':'BASE64','timestamp':MILLIS,'metadata':{'fps':30}}", "JPEG"),
                Arguments.of("{'image':'data:image/jpeg;base64,BASE64'}", "JPEG"),
                Arguments.of("{'frame_data':'BASE64','timestamp_ms':MILLIS,'frame_number':N}", "JPEG"),
                Arguments.of("{'data':{'type':'Buffer','data':[NUMBERS]},'ts':MILLIS}", "JPEG"),
                Arguments.of("{'frame':[NUMBERS]}", "JPEG"),
                Arguments.of("{'image':'b\\u0027BASE64\\u0027'}", "JPEG"),
                Arguments.of("{'shape':[24,32,3],'dtype':'uint8','frame':'RAW'}", "RAW"),
                Arguments.of("{'width':32,'height':24,'payload':'BASE64','stream':'c'}", "JPEG"),
                Arguments.of("{'type':'frame','width':640,'height':480,'image':'BASE64'}", "JPEG"),
                Arguments.of("{'type':'jpeg','shape':[24,32,2],'image':'BASE64'}", "JPEG"),
                Arguments.of("{'start':1,'end':2,'image':'BASE64'}", "JPEG"),
                Arguments.of("{'camera':{'id':3},'end':true,'image':'BASE64'}", "JPEG"),
                Arguments.of("BASE64", "JPEG"),
                Arguments.of("'BASE64'", "JPEG"),
                Arguments.of("data:image/jpeg;base64,BASE64", "JPEG"),
                Arguments.of("\uFEFF{'image':'URLSAFE'}", "JPEG"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theShapeComesBack(String shape, String codec) throws Exception {
        try (TopologyFixture fixture = json()) {
            for (int i = 0; i < 6; i++) {
                fixture.sendRecord("key", value(shape, i), new RecordHeaders(), START + 40L * i);
            }
            fixture.sendRecord("key", null, new RecordHeaders(), START + 240);
            assertThat(fixture.deadLetters()).isEmpty();
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records).hasSize(13);
            TestRecord<String, byte[]> third = records.get(3);
            assertThat(third.key()).isEqualTo("key");
            assertThat(third.timestamp()).isEqualTo(START + 60);
            assertThat(header(third, "kinolift.codec")).isEqualTo(codec.toLowerCase(Locale.ROOT));
            byte[] picture = picture(third.value());
            if (codec.equals("RAW")) {
                assertThat(picture).hasSize(64 * 48 * 3);
            } else {
                assertThat(ImageHeader.read(ByteBuffer.wrap(picture))).hasToString("JPEG YUV420P 64x48");
            }
        }
    }

    @Test
    void theObjectComesBack_withTheTimesAndSizesOfTheOutput() throws Exception {
        try (TopologyFixture fixture = json("input.json.sequence", "n")) {
            String shape = "{'n':N,'camera_id':'gate','timestamp':'ISO','rows':24,'cols':32,'type':16,'data':'RAW',"
                    + "'place':{'lat':48.1,'names':['a','b']}}";
            for (int i = 0; i < 4; i++) {
                fixture.sendRecord(null, value(shape, i), new RecordHeaders(), START + 40L * i);
            }
            fixture.sendRecord(
                    null, value("{'n':4,'camera_id':'gate','end':true}", 4), new RecordHeaders(), START + 160);
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records).hasSize(9);
            JsonNode third = MAPPER.readTree(records.get(3).value());
            assertThat(header(records.get(3), "kinolift.stream")).isEqualTo("gate");
            assertThat(third.get("n").asInt()).isEqualTo(3);
            assertThat(third.get("rows").asInt()).isEqualTo(48);
            assertThat(third.get("cols").asInt()).isEqualTo(64);
            assertThat(third.get("place").toString()).isEqualTo("{\"lat\":48.1,\"names\":[\"a\",\"b\"]}");
            assertThat(third.get("timestamp").asText()).isEqualTo("2025-11-24T16:00:00.060Z");
            assertThat(fixture.accounts().getLast().getEnded()).isTrue();
        }
    }

    /** An object is no name: all partitions would have a stream of the same name. */
    @Test
    void anObjectIsNoName() throws Exception {
        try (TopologyFixture fixture = json()) {
            fixture.sendRecord(
                    null, value("{'camera':{'id':3},'device_id':' ','image':'BASE64'}", 0), new RecordHeaders(), START);
            fixture.sendRecord(null, value("{'end':true}", 0), new RecordHeaders(), START + 40);
            assertThat(header(fixture.outputRecords().getFirst(), "kinolift.stream"))
                    .isEqualTo("kinolift.frames-0");
        }
    }

    @Test
    void fractionsOfSeconds_stayFractions() throws Exception {
        try (TopologyFixture fixture = json()) {
            for (int i = 0; i < 2; i++) {
                String shape = "{'frame':'BASE64','timestamp':" + (START / 1000 + i) + ".0}";
                fixture.sendRecord("a", value(shape, i), new RecordHeaders(), START + 1000L * i);
            }
            fixture.sendRecord("a", null, new RecordHeaders(), START + 2000);
            assertThat(fixture.outputRecords().subList(0, 3))
                    .extracting(record -> MAPPER.readTree(record.value())
                            .get("timestamp")
                            .decimalValue()
                            .stripTrailingZeros()
                            .toPlainString())
                    .containsExactly("1764000000", "1764000000.5", "1764000001");
        }
    }

    /** Times in whole seconds, as many write them: 25 frames have the same. */
    @Test
    void wholeSeconds_areSpread() throws Exception {
        try (TopologyFixture fixture = json("scale.factor", "1,2,2")) {
            for (int i = 0; i < 100; i++) {
                byte[] value = value("{'frame':'BASE64','timestamp':" + (START / 1000 + i / 25) + "}", i);
                fixture.sendRecord("a", value, new RecordHeaders(), START + 40L * i);
            }
            fixture.sendRecord("a", null, new RecordHeaders(), START + 4000);
            assertThat(fixture.deadLetters()).isEmpty();
            List<TestRecord<String, byte[]>> records = fixture.outputRecords();
            assertThat(records).hasSize(101);
            long before = 0;
            for (TestRecord<String, byte[]> record : records.subList(0, 100)) {
                long pts = Long.parseLong(header(record, "kinolift.pts"));
                assertThat(pts).isGreaterThan(before);
                before = pts;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'frame':'BA SE64!'}",
                "{'frame':'====QUFB'}",
                "{'frame':''}",
                "{'picture_of':'BASE64'}",
                "{'frame':{'a':1}}",
                "{'frame':'BASE64','timestamp':'yesterday'}",
                "{'frame':'BASE64','timestamp':-5}",
                "{'frame':'BASE64'",
                "[1,2,3]",
                "[]",
                "{}",
                "null-and-void",
                "{'frame':[1,2,999]}",
                "{'frame':'BASE64','timestamp':1e400}",
                "{'frame':'BASE64','timestamp':'1e-999999999'}",
                "{'frame':'BASE64','timestamp':'1e-500000000'}",
                "{'frame':'BASE64','timestamp':'1e999999999'}",
                "{'frame':'BASE64'}{'frame':'BASE64'}",
                "{'end':1}",
                "{'rows':100000000,'cols':5,'frame':'RAW'}",
                "{'rows':24,'cols':32,'type':21,'frame':'RAW'}",
                "{'rows':24,'cols':31,'frame':'RAW'}"
            })
    void badValues_areDeadLetters(String bad) {
        try (TopologyFixture fixture = json()) {
            fixture.sendRecord("a", value("{'frame':'BASE64'}", 0), new RecordHeaders(), START);
            fixture.sendRecord("a", value(bad, 1), new RecordHeaders(), START + 40);
            fixture.sendRecord("a", value("{'frame':'BASE64'}", 2), new RecordHeaders(), START + 80);
            fixture.sendRecord("a", null, new RecordHeaders(), START + 120);
            assertThat(fixture.deadLetters()).hasSize(1);
            assertThat(fixture.accounts().getLast().getTotals().getUpscaled()).isEqualTo(2);
        }
    }

    @Test
    void deepAndLargeValues_areDeadLetters() {
        try (TopologyFixture fixture = json("max.frame.bytes", "100000")) {
            String deep = "[".repeat(10_000) + "]".repeat(10_000);
            fixture.sendRecord(
                    "a", ("{\"frame\":" + deep + "}").getBytes(StandardCharsets.UTF_8), new RecordHeaders(), 1);
            fixture.sendRecord("a", new byte[64 << 20], new RecordHeaders(), 2);
            assertThat(fixture.deadLetters())
                    .extracting(letter -> letter.getReason())
                    .containsExactly(DeadLetterReason.UNPARSEABLE, DeadLetterReason.LIMIT_EXCEEDED);
        }
    }

    @Test
    void hexadecimalDigits() throws Exception {
        try (TopologyFixture fixture = json("input.json.encoding", "hex")) {
            fixture.sendRecord("a", value("{'image_data':'HEX'}", 0), new RecordHeaders(), START);
            fixture.sendRecord("a", null, new RecordHeaders(), START + 40);
            byte[] value = fixture.outputRecords().getFirst().value();
            byte[] picture = HexFormat.of()
                    .parseHex(MAPPER.readTree(value).get("image_data").asText());
            assertThat(ImageHeader.read(ByteBuffer.wrap(picture))).hasToString("JPEG YUV420P 64x48");
        }
    }

    @Test
    void imagesMayLeaveAsJson() throws Exception {
        try (TopologyFixture fixture = json("input.format", "image")) {
            fixture.sendRecord("a", jpeg(0), new RecordHeaders(), START);
            fixture.sendRecord("a", null, new RecordHeaders(), START + 40);
            JsonNode object = MAPPER.readTree(fixture.outputRecords().getFirst().value());
            assertThat(object.get("stream").asText()).isEqualTo("a");
            assertThat(object.get("width").asInt()).isEqualTo(64);
            assertThat(object.get("capture_timestamp_ns").toString()).isEqualTo(START + "000000");
            assertThat(ImageHeader.read(ByteBuffer.wrap(object.get("frame").binaryValue())))
                    .hasToString("JPEG YUV420P 64x48");
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void thePictureOfAnOutputIsFound(String shape, String codec) throws Exception {
        KinoliftConfig config = new KinoliftConfig(Map.of());
        try (TopologyFixture fixture = json()) {
            fixture.sendRecord("key", value(shape, 0), new RecordHeaders(), START);
            fixture.sendRecord("key", null, new RecordHeaders(), START + 40);
            TestRecord<String, byte[]> output = fixture.outputRecords().getFirst();
            List<Envelope.Header> headers = new ArrayList<>();
            output.headers().forEach(header -> headers.add(new Envelope.Header(header.key(), header.value())));
            SourceRecord record =
                    new SourceRecord("upscaled", 0, output.value(), new Envelope(null, START, headers, new byte[0]));
            VideoFrame frame = RecordFormats.reader(config).readPicture(record);
            assertThat(FrameRecords.frame(frame).format())
                    .hasToString(codec.equals("RAW") ? "RAW BGR24 64x48" : "JPEG YUV420P 64x48");
            assertThat(frame.getPayload().remaining()).isEqualTo(picture(output.value()).length);
        }
    }

    private static TopologyFixture json(String... more) {
        List<String> settings = new ArrayList<>(List.of(JSON));
        settings.addAll(List.of(more));
        return new TopologyFixture(settings.toArray(String[]::new));
    }

    private static byte[] jpeg(int i) {
        return ImageStreamTest.image(Codec.JPEG, PixelFormat.YUV420P, 32, 24, i);
    }

    private static byte[] value(String shape, int i) {
        byte[] jpeg = jpeg(i);
        String time = String.format("2025-11-24T16:00:00.%03dZ", 40 * i % 1000);
        String raw;
        try (Picture picture = TestPictures.ramp(PixelFormat.BGR24, 32, 24, i)) {
            raw = Base64.getEncoder().encodeToString(TestPictures.samples(picture));
        }
        return shape.replace('\'', '"')
                .replace("URLSAFE", Base64.getUrlEncoder().withoutPadding().encodeToString(jpeg))
                .replace("BASE64", Base64.getEncoder().encodeToString(jpeg))
                .replace("HEX", HexFormat.of().formatHex(jpeg))
                .replace("RAW", raw)
                .replace(
                        "NUMBERS",
                        IntStream.range(0, jpeg.length)
                                .mapToObj(at -> Integer.toString(jpeg[at] & 0xFF))
                                .collect(Collectors.joining(",")))
                .replace("MILLIS", Long.toString(START + 40L * i))
                .replace("SECONDS", String.format(Locale.ROOT, "%.3f", START / 1e3 + 0.04 * i))
                .replace("LOCAL", time.replace('T', ' ').replace("Z", ""))
                .replace("ISO", time)
                .replace("N,", i + ",")
                .replace("N}", i + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] picture(byte[] value) throws Exception {
        String text = new String(value, StandardCharsets.UTF_8);
        if (text.startsWith("{")) {
            for (String name : List.of("frame", "image", "image_data", "frame_data", "data", "payload")) {
                JsonNode field = MAPPER.readTree(text).get(name);
                if (field != null) {
                    text = field.asText();
                    break;
                }
            }
        }
        text = text.replace("\"", "");
        return Base64.getDecoder().decode(text.substring(text.indexOf(',') + 1));
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
