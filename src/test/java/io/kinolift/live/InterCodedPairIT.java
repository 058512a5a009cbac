package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.transfer.Clients;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import io.kinolift.wire.FrameRecords;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Before and after on the page, of a stream whose frames refer to each other. */
class InterCodedPairIT {
    private static final int FRAMES = 96;
    private static LiveFixture fixture;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        fixture = new LiveFixture();
        fixture.start();
        await().atMost(Duration.ofSeconds(150)).until(() -> fixture.get("ready").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "H264_PLAIN", "VP9"})
    void theInputIsShown_asItIs(Kind kind) throws Exception {
        String stream = "pair-" + kind;
        List<EncodedFrame> frames = CodedClips.frames(CodedClips.make(folder, kind, FRAMES), stream);
        Map<Long, byte[]> right = ReelTest.pictures(frames);
        Set<Long> seen = new HashSet<>();
        fixture.getBytes("api/pair?stream=" + stream);
        try (Producer<byte[], byte[]> producer =
                Clients.producer(Map.of("bootstrap.servers", fixture.bootstrapServers()), 1 << 20)) {
            long number = 0;
            for (EncodedFrame frame : frames) {
                producer.send(new ProducerRecord<>(
                                "kinolift.frames", stream.getBytes(StandardCharsets.UTF_8), FrameRecords.write(frame)))
                        .get();
                number = look(stream, number, right, seen);
            }
            long last = number;
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                look(stream, last, right, seen);
                return seen.stream().anyMatch(sequence -> sequence > FRAMES - 20);
            });
        }
    }

    /** Checks the latest pair, and gives its number. */
    private static long look(String stream, long after, Map<Long, byte[]> right, Set<Long> seen) {
        HttpResponse<byte[]> response = fixture.getBytes("api/pair?stream=" + stream + "&after=" + after);
        if (response.statusCode() != 200) {
            assertThat(response.statusCode()).isEqualTo(204);
            return after;
        }
        ByteBuffer body = ByteBuffer.wrap(response.body());
        byte[] header = new byte[body.getInt()];
        body.get(header);
        String json = new String(header, StandardCharsets.UTF_8);
        byte[] input = new byte[Math.toIntExact(number(json, "inputBytes"))];
        body.get(input);
        long sequence = number(json, "inputSequence");
        assertThat(input).as("input %s", sequence).isEqualTo(right.get(sequence));
        seen.add(sequence);
        return number(json, "number");
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile('"' + name + "\":(\\d+)").matcher(json);
        assertThat(matcher.find()).as("%s in %s", name, json).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
