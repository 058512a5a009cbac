package io.kinolift.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kernels rely on samples of at most 1023. Frames of FFV1 are not searched for larger ones, because its decoder never
 * makes any. Checksums would hide nearly all damage from the decoder, so they are computed again after the damage.
 */
class Ffv1DamageTest {
    private static final int ROUNDS = 400;
    private static final int WIDTH = 70;
    private static final int HEIGHT = 34;
    private static final int CRC_BYTES = 4;
    /** Of a slice: 24 bits of size, a status, a checksum of all before it. */
    private static final int TRAILER_BYTES = 8;

    @ParameterizedTest
    @EnumSource(names = {"GRAY10", "YUV420P10", "YUV422P10", "YUV444P10"})
    void damagedSlicesGiveNoSampleAbove1023(PixelFormat pixels) throws Exception {
        int decoded = decodeDamaged(pixels, (payload, random) -> {
            byte[] frame = bytes(payload.frame());
            damage(frame, random);
            return new Ffv1Payload(
                    WIDTH, HEIGHT, payload.configuration(), ByteBuffer.wrap(sealed(bytes(payload.frame()), frame)));
        });
        assertThat(decoded).as("damaged frames that were decoded all the same").isGreaterThan(ROUNDS / 4);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRAY10", "YUV420P10", "YUV422P10", "YUV444P10"})
    void damagedConfigurationsGiveNoSampleAbove1023(PixelFormat pixels) throws Exception {
        int decoded = decodeDamaged(pixels, (payload, random) -> {
            byte[] configuration = bytes(payload.configuration());
            seal(configuration, 0, configuration.length);
            assertThat(ByteBuffer.wrap(configuration)).isEqualTo(payload.configuration());
            // One bit: hardly anything is read of a configuration with more of them changed.
            configuration[random.nextInt(configuration.length - CRC_BYTES)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            seal(configuration, 0, configuration.length);
            return new Ffv1Payload(WIDTH, HEIGHT, ByteBuffer.wrap(configuration), payload.frame());
        });
        assertThat(decoded)
                .as("frames of damaged configurations that were decoded all the same")
                .isPositive();
    }

    private interface Damage {
        Ffv1Payload of(Ffv1Payload payload, Random random);
    }

    /** @return how many pictures came of it */
    private static int decodeDamaged(PixelFormat pixels, Damage damage) throws Exception {
        FrameFormat format = TestPictures.format(Codec.FFV1, pixels, WIDTH, HEIGHT);
        int decoded = 0;
        try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT);
                FrameDecoder decoder = FrameCodecs.decoder(Codec.FFV1, DecoderLimits.DEFAULT);
                Picture noise = TestPictures.noise(pixels, WIDTH, HEIGHT, 3);
                Picture ramp = TestPictures.ramp(pixels, WIDTH, HEIGHT, 3)) {
            Ffv1Payload[] payloads = {
                Ffv1Payload.parse(ByteBuffer.wrap(encoder.encode(noise))),
                Ffv1Payload.parse(ByteBuffer.wrap(encoder.encode(ramp)))
            };
            for (Ffv1Payload payload : payloads) {
                byte[] frame = bytes(payload.frame());
                assertThat(sealed(frame, frame)).isEqualTo(frame);
            }
            for (int seed = 0; seed < ROUNDS; seed++) {
                Ffv1Payload made = damage.of(payloads[seed % 2], new Random(seed));
                ByteBuffer damaged =
                        made.write(ByteBuffer.allocate(made.bytes())).flip();
                try (Picture picture = decoder.decode(format, damaged)) {
                    assertThat(largest(picture))
                            .as("largest sample with seed %d", seed)
                            .isLessThanOrEqualTo(1023);
                    decoded++;
                } catch (FrameCodecException e) {
                    assertThat(e).as("seed %d", seed).hasMessageContaining("expected FFV1 " + pixels);
                }
            }
        }
        return decoded;
    }

    private static byte[] bytes(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.duplicate().get(bytes);
        return bytes;
    }

    private static int largest(Picture picture) {
        int largest = 0;
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.rowSamples(); x++) {
                    largest = Math.max(largest, plane.sample(x, y));
                }
            }
        }
        return largest;
    }

    /** Some bits, or a run of bytes. */
    private static void damage(byte[] bytes, Random random) {
        if (random.nextBoolean()) {
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            return;
        }
        int from = random.nextInt(bytes.length);
        for (int i = from; i < Math.min(from + 40, bytes.length); i++) {
            bytes[i] = (byte) random.nextInt();
        }
    }

    /** The damaged frame with the slices of the intact one: sizes as they were, and checksums of what there is. */
    private static byte[] sealed(byte[] intact, byte[] damaged) {
        byte[] frame = damaged.clone();
        for (int end = frame.length; end > 0; ) {
            int trailer = end - TRAILER_BYTES;
            System.arraycopy(intact, trailer, frame, trailer, TRAILER_BYTES - CRC_BYTES);
            int start = trailer - (ByteBuffer.wrap(intact).getInt(trailer) >>> Byte.SIZE);
            seal(frame, start, end);
            end = start;
        }
        return frame;
    }

    /** FFV1's checksum: polynomial 0x04C11DB7 from 0, highest bit first. */
    private static void seal(byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to - CRC_BYTES; i++) {
            crc ^= bytes[i] << 24;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
            }
        }
        ByteBuffer.wrap(bytes).putInt(to - CRC_BYTES, crc);
    }
}
