package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.Totals;
import io.kinolift.frame.Codec;
import io.kinolift.frame.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import javax.imageio.ImageIO;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes on a topic of images or JSON, the process lives and every record is accounted for.
 * {@code -Dkinolift.fuzz.records=N} is the number of records.
 */
class ForeignFuzzTest {
    private static final int RECORDS = Integer.getInteger("kinolift.fuzz.records", 600);
    private static final int STREAMS = 4;
    private static final int END_EVERY = 200;
    private static final long START = 1_764_000_000_000L;

    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<DeadLetterReason, Long> reasons = new EnumMap<>(DeadLetterReason.class);

    @ParameterizedTest
    @ValueSource(strings = {"image", "json"})
    void whateverComes_everyRecordIsAccountedFor(String format) throws Exception {
        List<byte[]> good = images();
        Random random = new Random(7);
        long frames = 0;
        try (TopologyFixture fixture = new TopologyFixture(
                "input.format",
                format,
                "output.format",
                format,
                "frame.codec",
                "auto",
                "scale.factor",
                "2,2,2",
                "max.frame.pixels",
                "100000",
                "max.output.pixels",
                "400000")) {
            for (int i = 0; i < RECORDS; i++) {
                String key = "s" + random.nextInt(STREAMS);
                byte[] image = mutated(good.get(random.nextInt(good.size())), random);
                byte[] value = format.equals("image") ? image : mutated(json(image, i, random), random);
                fixture.sendRecord(key, value, new RecordHeaders(), timestamp(i, random));
                frames++;
                if (i % END_EVERY == END_EVERY - 1) {
                    end(fixture);
                }
            }
            end(fixture);
        }
        System.out.printf(
                "%d records as %s: %d upscaled, dead letters %s%n", frames, format, sum(Totals::getUpscaled), reasons);
        assertThat(sum(Totals::getReceived)).isEqualTo(frames);
        assertThat(sum(Totals::getHeld)).isZero();
        assertThat(sum(Totals::getUpscaled) + sum(Totals::getDeadLettered)).isEqualTo(frames);
        assertThat(sum(Totals::getDeadLettered))
                .isEqualTo(reasons.values().stream().mapToLong(Long::longValue).sum());
        assertThat(sum(Totals::getUpscaled)).isPositive();
    }

    private void end(TopologyFixture fixture) {
        for (int stream = 0; stream < STREAMS; stream++) {
            fixture.sendRecord("s" + stream, null, new RecordHeaders(), START);
        }
        fixture.accounts()
                .forEach(account -> accounts.put(account.getStreamId() + "/" + account.getSession(), account));
        fixture.deadLetters().forEach(letter -> reasons.merge(letter.getReason(), 1L, Long::sum));
        fixture.rawOutput();
    }

    private long sum(ToLongFunction<Totals> number) {
        return accounts.values().stream()
                .mapToLong(account -> number.applyAsLong(account.getTotals()))
                .sum();
    }

    /** Mostly a clock, sometimes anything. */
    private static long timestamp(int i, Random random) {
        return random.nextInt(50) == 0 ? random.nextLong(1L << 62) : START + 40L * i;
    }

    /** Half of them as they are; else bytes are changed, cut off or put in. */
    private static byte[] mutated(byte[] value, Random random) {
        byte[] copy = value.clone();
        switch (random.nextInt(6)) {
            case 0 -> {
                for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                    copy[random.nextInt(copy.length)] = (byte) random.nextInt();
                }
            }
            case 1 -> copy[random.nextInt(Math.min(40, copy.length))] ^= (byte) (1 << random.nextInt(8));
            case 2 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length + 1));
            default -> {}
        }
        return copy;
    }

    private static byte[] json(byte[] image, int i, Random random) {
        String picture = Base64.getEncoder().encodeToString(image);
        String text = switch (random.nextInt(4)) {
            case 0 -> "{\"frame\":\"" + picture + "\",\"timestamp\":" + (START + 40L * i) + "}";
            case 1 -> "{\"camera_id\":7,\"image\":\"" + picture + "\"}";
            case 2 -> "{\"data\":\"" + picture + "\",\"rows\":16,\"cols\":24,\"type\":16}";
            default -> picture;
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> images() throws IOException {
        List<byte[]> images = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            images.add(ImageStreamTest.image(Codec.JPEG, PixelFormat.YUV420P, 24, 16, seed));
            images.add(ImageStreamTest.image(Codec.PNG, PixelFormat.RGB24, 24, 16, seed));
            images.add(written("bmp", BufferedImage.TYPE_3BYTE_BGR));
            images.add(written("bmp", BufferedImage.TYPE_BYTE_INDEXED));
            images.add(written("tiff", BufferedImage.TYPE_3BYTE_BGR));
            images.add(written("tiff", BufferedImage.TYPE_BYTE_GRAY));
            images.add(written("png", BufferedImage.TYPE_4BYTE_ABGR));
            images.add(written("gif", BufferedImage.TYPE_BYTE_INDEXED));
        }
        return images;
    }

    private static byte[] written(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(24, 16, type);
        for (int x = 0; x < 24; x++) {
            image.setRGB(x, x / 2, 0xFF000000 | x * 0x0A0B0C);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).as(format).isTrue();
        return bytes.toByteArray();
    }
}
