package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of frames in every shape that programs give them. */
class FrameReaderTest {
    private static final FrameReader.Target AS_IS = new FrameReader.Target(avutil.AV_PIX_FMT_NONE, false, 0, 0);
    private static final int NONE = avutil.AV_PIX_FMT_NONE;

    private final FrameReader reader = new FrameReader();

    @AfterEach
    void close() {
        reader.close();
    }

    @ParameterizedTest
    @CsvSource({"1, GRAY8, 1", "3, BGR24, 1", "4, RGBA, 1", "1, GRAY8, 7", "3, BGR24, 35", "4, RGBA, 33"})
    void bytesOfAnyStride(int channels, PixelFormat expected, int width) throws Exception {
        for (int padding : new int[] {0, 1, 29}) {
            Frame frame = FrameBytes.bytes(width, 5, channels, width * channels + padding, 3);
            try (Shot shot = reader.read(frame, NONE, AS_IS)) {
                assertThat(shot.picture().format()).isEqualTo(expected);
                assertThat(bytes(shot.picture())).isEqualTo(FrameBytes.of(frame, channels));
                assertThat(shot.colour().range()).isEqualTo(Colour.Range.FULL);
            }
        }
    }

    @Test
    void greyOf16Bits_inBothByteOrders() throws Exception {
        Frame frame = FrameBytes.shorts(17, 9, 1, 20, 5);
        byte[] expected = FrameBytes.of(frame, 1);
        try (Shot shot = reader.read(frame, NONE, AS_IS)) {
            assertThat(shot.picture().format()).isEqualTo(PixelFormat.GRAY16);
            assertThat(bytes(shot.picture())).isEqualTo(expected);
        }
        ShortBuffer samples = (ShortBuffer) frame.image[0];
        ShortBuffer swapped = ByteBuffer.allocate(2 * samples.capacity())
                .order(ByteOrder.BIG_ENDIAN)
                .asShortBuffer();
        swapped.put(samples.duplicate().clear());
        frame.image = new Buffer[] {swapped};
        try (Shot shot = reader.read(frame, NONE, AS_IS)) {
            assertThat(bytes(shot.picture())).isEqualTo(expected);
        }
    }

    @Test
    void bgrOf16Bits_becomesPlanes() throws Exception {
        Frame frame = FrameBytes.shorts(6, 4, 3, 18, 1);
        try (Shot shot = reader.read(frame, NONE, AS_IS)) {
            assertThat(shot.picture().format()).isEqualTo(PixelFormat.GBRP16);
            ShortBuffer source = (ShortBuffer) frame.image[0];
            for (int x = 0; x < 6; x++) {
                int at = 2 * 18 + 3 * x;
                assertThat(shot.picture().plane(0).sample(x, 2)).isEqualTo(Short.toUnsignedInt(source.get(at + 1)));
                assertThat(shot.picture().plane(1).sample(x, 2)).isEqualTo(Short.toUnsignedInt(source.get(at)));
                assertThat(shot.picture().plane(2).sample(x, 2)).isEqualTo(Short.toUnsignedInt(source.get(at + 2)));
            }
        }
    }

    /** Heap arrays, slices, and buffers whose position somebody has moved. */
    @Test
    void buffersOfTheHeap_andMovedPositions() throws Exception {
        Frame frame = FrameBytes.bytes(8, 6, 3, 24, 2);
        byte[] expected = FrameBytes.of(frame, 3);
        byte[] larger = new byte[expected.length + 10];
        System.arraycopy(expected, 0, larger, 10, expected.length);
        frame.image = new Buffer[] {
            ByteBuffer.wrap(larger).position(10).slice().position(5).limit(7)
        };
        try (Shot shot = reader.read(frame, NONE, AS_IS)) {
            assertThat(bytes(shot.picture())).isEqualTo(expected);
        }
    }

    @Test
    void planesInOneBuffer_andInThree() throws Exception {
        int luma = 7 * 5;
        int chroma = 4 * 3;
        Frame one = FrameBytes.bytes(7, 5, 1, 7, 9);
        byte[] all = new byte[luma + 2 * chroma];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (40 + i);
        }
        one.image = new Buffer[] {ByteBuffer.wrap(all)};
        try (Shot shot = reader.read(one, avutil.AV_PIX_FMT_YUV420P, AS_IS)) {
            assertThat(shot.picture().format()).isEqualTo(PixelFormat.YUV420P);
            assertThat(bytes(shot.picture())).isEqualTo(all);
        }
        one.image = new Buffer[] {
            ByteBuffer.wrap(Arrays.copyOfRange(all, 0, luma)),
            ByteBuffer.wrap(Arrays.copyOfRange(all, luma, luma + chroma)),
            ByteBuffer.wrap(Arrays.copyOfRange(all, luma + chroma, all.length))
        };
        try (Shot shot = reader.read(one, avutil.AV_PIX_FMT_YUV420P, AS_IS)) {
            assertThat(bytes(shot.picture())).isEqualTo(all);
        }
    }

    /** Android's cameras: two channels of a stride twice the width, which is NV21. */
    @Test
    void twoChannels_areNv21() throws Exception {
        Frame frame = new Frame(8, 4, Frame.DEPTH_UBYTE, 2);
        ByteBuffer image = (ByteBuffer) frame.image[0];
        for (int i = 0; i < image.capacity(); i++) {
            image.put(i, (byte) i);
        }
        try (Shot shot = reader.read(frame, NONE, AS_IS)) {
            assertThat(shot.picture().format()).isEqualTo(PixelFormat.YUV420P);
            assertThat(shot.picture().plane(0).sample(3, 2)).isEqualTo(2 * 8 + 3);
            assertThat(shot.picture().plane(1).sample(1, 0)).as("V comes first").isEqualTo(32 + 3);
            assertThat(shot.picture().plane(2).sample(1, 0)).isEqualTo(32 + 2);
        }
    }

    @Test
    void anotherPixelFormatOrSize_byTheScaler() throws Exception {
        Frame frame = FrameBytes.bytes(32, 24, 3, 96, 1);
        FrameReader.Target yuv = new FrameReader.Target(avutil.AV_PIX_FMT_YUV422P, false, 0, 0);
        try (Shot shot = reader.read(frame, NONE, yuv)) {
            assertThat(shot.picture().format()).isEqualTo(PixelFormat.YUV422P);
            assertThat(shot.colour().range()).isEqualTo(Colour.Range.LIMITED);
        }
        FrameReader.Target jpeg = new FrameReader.Target(NONE, true, 16, 10);
        try (Shot shot = reader.read(frame, NONE, jpeg)) {
            assertThat(shot.picture().format()).isEqualTo(PixelFormat.YUV420P);
            assertThat(shot.picture().width()).isEqualTo(16);
            assertThat(shot.picture().height()).isEqualTo(10);
            assertThat(shot.colour().range()).isEqualTo(Colour.Range.FULL);
        }
    }

    /** JavaCV's own recorder reads behind such buffers, and may take the process down. */
    @Test
    void aBufferThatEndsTooSoon_isRefused() {
        Frame frame = FrameBytes.bytes(64, 48, 1, 64, 1);
        assertThatThrownBy(() -> reader.read(frame, avutil.AV_PIX_FMT_YUV420P, AS_IS))
                .isInstanceOf(VideoException.class)
                .hasMessage("expected at least 3840 bytes for plane 1 of yuv420p 64x48 with rows of 32 bytes,"
                        + " found 3072");
    }

    @Test
    void rowsThatAreTooShort_areRefused() {
        Frame frame = FrameBytes.bytes(64, 48, 1, 64, 1);
        assertThatThrownBy(() -> reader.read(frame, avutil.AV_PIX_FMT_RGB24, AS_IS))
                .hasMessage("expected rows of at least 192 bytes for plane 0 of rgb24 of width 64, found 64");
    }

    @ParameterizedTest
    @CsvSource({"32, 1", "64, 3", "8, 5", "16, 2", "-32, 1"})
    void depthsWithoutAUsualLayout_areRefused(int depth, int channels) {
        Frame frame = new Frame(8, 8, depth, channels);
        assertThatThrownBy(() -> reader.read(frame, NONE, AS_IS))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("found depth " + depth + " with " + channels + " channels");
    }

    private static byte[] bytes(Picture picture) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                all.writeBytes(plane.data()
                        .asSlice(y * plane.stride(), plane.rowBytes())
                        .toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return all.toByteArray();
    }
}
