package io.kinolift.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every layout that FFmpeg knows, with random samples. */
class EveryLayoutTest {
    /** All numbers but those of hardware. */
    static Stream<Integer> layouts() {
        List<Integer> numbers = new ArrayList<>();
        AVPixFmtDescriptor layout = null;
        while ((layout = avutil.av_pix_fmt_desc_next(layout)) != null) {
            if ((layout.flags() & avutil.AV_PIX_FMT_FLAG_HWACCEL) == 0) {
                numbers.add(avutil.av_pix_fmt_desc_get_id(layout));
            }
        }
        return numbers.stream();
    }

    /** What comes by samples can be calculated back without an error; what is scaled keeps the samples that it had. */
    @ParameterizedTest
    @CsvSource({"36, 20", "33, 17"})
    void noSampleIsLost(int width, int height) throws Exception {
        StringBuilder table = new StringBuilder();
        int worst = 0;
        for (int number : layouts().toList()) {
            InputLayout way = InputLayout.of(number).orElseThrow();
            boolean scaled = way.way() == InputLayout.Way.SCALER;
            try (ForeignFrame foreign = ForeignFrame.random(number, width, height, number, scaled);
                    Picture picture = picture(foreign.frame, way)) {
                int error = Math.max(largestError(foreign, way, picture), SampleRange.holds(picture) ? 0 : 1 << 16);
                worst = Math.max(worst, error);
                table.append(String.format(
                        "%-16s %-12s %-8s %s%n", Ffmpeg.pixelFormatName(number), way.format(), way.way(), error));
            }
        }
        assertThat(worst).as("%n%s", table).isZero();
    }

    /**
     * CIE XYZ is another colour space, in which random samples have no colour of ours. For UYYVYY, FFmpeg's table gives
     * wrong places.
     */
    private static boolean isExact(InputLayout way) {
        String name = Ffmpeg.pixelFormatName(way.number());
        return !name.startsWith("xyz") && !name.equals("uyyvyy411");
    }

    static Picture picture(AVFrame frame, InputLayout layout) throws VideoException {
        try (LayoutReader reader = new LayoutReader();
                LayoutConversion conversion = new LayoutConversion()) {
            return switch (layout.way()) {
                case SAME -> AvPictures.wrap(avutil.av_frame_clone(frame), layout.format());
                case SAMPLES -> reader.read(frame, layout);
                case SCALER ->
                    AvPictures.wrap(
                            conversion.convert(frame, Ffmpeg.number(layout.format()), Ffmpeg.colour(frame)),
                            layout.format());
            };
        }
    }

    private static int largestError(ForeignFrame foreign, InputLayout way, Picture picture) {
        AVPixFmtDescriptor layout = foreign.layout;
        if ((layout.flags() & avutil.AV_PIX_FMT_FLAG_PAL) != 0) {
            return paletteError(foreign, picture);
        } else if ((layout.flags() & avutil.AV_PIX_FMT_FLAG_BAYER) != 0) {
            return mosaicError(foreign, way, picture);
        }
        int worst = 0;
        for (int component = 0; component < layout.nb_components() && isExact(way); component++) {
            Component samples = Component.of(picture, Components.of(layout).get(component));
            int[] row = new int[samples.width()];
            int[][] expected = foreign.samples[component];
            for (int y = 0; y < samples.height(); y++) {
                samples.read(y, row);
                for (int x = 0; x < row.length; x++) {
                    int before = expected[y * expected.length / samples.height()][x * expected[0].length / row.length];
                    worst = Math.max(worst, error(way, component, before, row[x]));
                }
            }
        }
        return worst;
    }

    /** In steps of the foreign sample, or of 16 bits for floating point numbers. */
    private static int error(InputLayout way, int component, int before, int after) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(way.number());
        int depth = layout.comp(component).depth();
        if ((layout.flags() & avutil.AV_PIX_FMT_FLAG_FLOAT) != 0) {
            float value = depth == 16 ? Float.float16ToFloat((short) before) : Float.intBitsToFloat(before);
            return Math.abs(Math.round(Math.min(1, Math.max(0, value)) * 65535f) - after) > 1 ? 1 : 0;
        } else if (depth > 16) {
            return Math.abs((before >>> (depth - 16)) - after);
        }
        int inverted = way.number() == avutil.AV_PIX_FMT_MONOWHITE ? 1 - before : before;
        int error = Math.abs((after >> (way.format().bitDepth() - depth)) - inverted);
        boolean luma = (layout.flags() & avutil.AV_PIX_FMT_FLAG_RGB) == 0 && depth >= 8;
        boolean alpha = Components.of(layout).get(component) == Role.ALPHA;
        boolean largest = inverted == (1 << depth) - 1;
        // White stays white and opaque stays opaque, but luma is defined by powers of two.
        boolean shifted = after == inverted << (way.format().bitDepth() - depth);
        boolean full = !largest || after == way.format().maxSample();
        return error + (((luma && !alpha) ? shifted : full) ? 0 : 1);
    }

    private static int paletteError(ForeignFrame foreign, Picture picture) {
        int worst = 0;
        for (Role role : List.of(Role.RED, Role.GREEN, Role.BLUE, Role.ALPHA)) {
            int shift = List.of(Role.BLUE, Role.GREEN, Role.RED, Role.ALPHA).indexOf(role) * 8;
            int[] row = new int[picture.width()];
            for (int y = 0; y < picture.height(); y++) {
                Component.of(picture, role).read(y, row);
                for (int x = 0; x < row.length; x++) {
                    int colour =
                            foreign.bytes(1, 1024).get(ValueLayout.JAVA_INT_UNALIGNED, 4L * foreign.samples[0][y][x]);
                    worst = Math.max(worst, Math.abs((colour >>> shift & 0xFF) - row[x]));
                }
            }
        }
        return worst;
    }

    /** Of the one colour that each pixel has; names are the order of the first two rows' first two pixels. */
    private static int mosaicError(ForeignFrame foreign, InputLayout way, Picture picture) {
        String order = Ffmpeg.pixelFormatName(way.number()).substring("bayer_".length());
        int worst = 0;
        int[] row = new int[picture.width()];
        // The last row and column of an odd picture are made up.
        for (int y = 0; y < picture.height() / 2 * 2; y++) {
            for (int x = 0; x < picture.width() / 2 * 2; x++) {
                Role role = switch (order.charAt(y % 2 * 2 + x % 2)) {
                    case 'r' -> Role.RED;
                    case 'g' -> Role.GREEN;
                    default -> Role.BLUE;
                };
                Component.of(picture, role).read(y, row);
                worst = Math.max(worst, Math.abs(row[x] - foreign.samples[0][y][x]));
            }
        }
        return worst;
    }

    /** The writer's samples are those that the reader finds, in every layout that has places for them. */
    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(PixelFormat format) {
        List<String> lost = new ArrayList<>();
        int count = 0;
        try (Picture picture = TestPictures.noise(format, 33, 17, 3);
                LayoutWriter writer = new LayoutWriter();
                LayoutReader reader = new LayoutReader()) {
            for (int number : layouts()
                    .filter(number -> LayoutWriter.holds(number, format))
                    .toList()) {
                InputLayout layout = InputLayout.of(number).orElseThrow();
                if (layout.way() == InputLayout.Way.SCALER) {
                    continue; // grey in a layout whose chroma is made finer
                }
                AVFrame frame = writer.write(picture, number);
                try (Picture read = reader.read(frame, layout)) {
                    if (!isSame(picture, read)) {
                        lost.add(Ffmpeg.pixelFormatName(number));
                    }
                } finally {
                    avutil.av_frame_free(frame);
                }
                count++;
            }
        }
        assertThat(lost).isEmpty();
        assertThat(count).isPositive();
    }

    private static boolean isSame(Picture before, Picture after) {
        int finer = after.format().bitDepth() - before.format().bitDepth();
        for (Role role : after.format().roles()) {
            Component made = Component.of(after, role);
            int[] row = new int[made.width()];
            int[] expected = new int[made.width()];
            for (int y = 0; y < made.height(); y++) {
                made.read(y, row);
                if (before.format().has(role)) {
                    Component.of(before, role).read(y, expected);
                }
                for (int x = 0; x < row.length; x++) {
                    int missing = role.isChroma()
                            ? 1 << (after.format().bitDepth() - 1)
                            : after.format().maxSample();
                    boolean same = before.format().has(role) ? row[x] >> finer == expected[x] : row[x] == missing;
                    if (!same) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Test
    void fourLumaSamplesThatShareChromaAreReadInTheirOrder() throws Exception {
        InputLayout layout = InputLayout.of(avutil.AV_PIX_FMT_UYYVYY411).orElseThrow();
        AVFrame frame = AvPictures.allocateFrame(layout.number(), 16, 4);
        for (int y = 0; y < 4; y++) {
            MemorySegment row = MemorySegment.ofAddress(frame.data(0).address() + (long) y * frame.linesize(0))
                    .reinterpret(24);
            for (int i = 0; i < 24; i++) {
                row.set(ValueLayout.JAVA_BYTE, i, (byte) (i % 6 == 0 ? 90 : i % 6 == 3 ? 160 : 10 + 7 * i + y));
            }
        }
        try (Picture picture = picture(frame, layout)) {
            for (int x = 0; x < 16; x++) {
                int place = x / 4 * 6 + new int[] {1, 2, 4, 5}[x % 4];
                assertThat(picture.plane(0).sample(x, 3)).isEqualTo(10 + 7 * place + 3);
                assertThat(picture.plane(1).sample(x / 2, 3)).isEqualTo(90);
                assertThat(picture.plane(2).sample(x / 2, 3)).isEqualTo(160);
            }
        } finally {
            avutil.av_frame_free(frame);
        }
    }

    @Test
    void onlyHardwareIsRefused() {
        AVPixFmtDescriptor layout = null;
        while ((layout = avutil.av_pix_fmt_desc_next(layout)) != null) {
            boolean hardware = (layout.flags() & avutil.AV_PIX_FMT_FLAG_HWACCEL) != 0;
            int number = avutil.av_pix_fmt_desc_get_id(layout);
            assertThat(InputLayout.of(number).isEmpty())
                    .as(layout.name().getString())
                    .isEqualTo(hardware);
        }
    }
}
