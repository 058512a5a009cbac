package io.kinolift.upscale.convolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.Streamed;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties of a transposed convolution other than its sums. */
class ConvTransposeTest {
    private static TransposedConvolution trilinear(Channels channels, int... stride) {
        int[] padding = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            padding[axis] = ConvWeights.trilinearPadding(stride[axis]);
        }
        ConvWeights weights = ConvWeights.trilinear(stride, channels == Channels.RGB ? 3 : 1, 1);
        return new TransposedConvolution(
                weights, stride, padding, new int[3], new int[] {1, 1, 1}, 1, Border.EDGE, channels);
    }

    private static List<Picture> trilinear(List<Picture> frames, int... factor) {
        Interpolation settings = new Interpolation(
                Mode.TRILINEAR,
                Rational.of(factor[0]),
                new SpatialTarget.Factors(Rational.of(factor[1]), Rational.of(factor[2])),
                false,
                TemporalGrid.HALF_PIXEL);
        return Streamed.upscale(InterpolationOperator.of(settings), Colour.UNSPECIFIED, frames, 3, 1);
    }

    @ParameterizedTest
    @CsvSource({"2,2,2", "1,2,2", "2,1,1", "4,2,4", "1,1,1"})
    void theDefaultKernelIsTrilinearToTheByte(int t, int h, int w) {
        for (Channels channels : List.of(Channels.LUMA, Channels.PLANES)) {
            for (PixelFormat format : PixelFormat.values()) {
                for (int width : new int[] {2, 18, 67, 258}) {
                    List<Picture> frames = Pictures.noise(format, width, 6, 3, width);
                    Operator operator = ConvTransposeOperator.of(trilinear(channels, t, h, w));
                    if (operator.refusal(format, width, 6, Colour.UNSPECIFIED).isPresent()) {
                        // An odd width has one more chroma sample than planes can tell, and RGB has no luma.
                        assertThat(width % 2 == 1 || format.isRgb()).isTrue();
                        continue;
                    }
                    assertThat(Pictures.hash(Streamed.upscale(operator, Colour.UNSPECIFIED, frames, 2, 0)))
                            .as("%s %s of width %d", channels, format, width)
                            .isEqualTo(Pictures.hash(trilinear(frames, t, h, w)));
                }
            }
        }
    }

    /** Every output made alone, in bands, is the same as in the whole segment. */
    @ParameterizedTest
    @EnumSource
    void bandsMakeThePicture(Channels channels) {
        TransposedConvolution settings = trilinear(channels, 2, 3, 3);
        List<Picture> frames = Pictures.noise(PixelFormat.YUV420P, 20, 10, 2, 5);
        BoundOperator bound = ConvTransposeOperator.of(settings).bind(PixelFormat.YUV420P, 20, 10);
        if (channels == Channels.PLANES) {
            assertThat(bound.outputWidth()).isEqualTo(60);
        }
        for (int bands : new int[] {2, 3, 7, 40}) {
            for (int o = 0; o < 4; o++) {
                Picture out = Pictures.empty(PixelFormat.YUV420P, bound.outputWidth(), bound.outputHeight());
                bound.upscale(o, Pictures.inputs(frames), out, Pictures.bands(bands));
                assertThat(Pictures.hash(List.of(out)))
                        .isEqualTo(Pictures.hash(List.of(Pictures.upscale(bound, frames, o))));
            }
        }
    }

    /** With zeros a segment fades from and to black; at a barrier inside it the nearer side continues. */
    @Test
    void zerosLieOutsideTheSegmentAndNotBehindABarrier() {
        TransposedConvolution edge = trilinear(Channels.LUMA, 2, 1, 1);
        TransposedConvolution zeros = new TransposedConvolution(
                edge.weights(),
                edge.stride(),
                edge.padding(),
                edge.outputPadding(),
                edge.dilation(),
                1,
                Border.ZEROS,
                Channels.LUMA);
        List<Picture> frames = List.of(white(), white(), white(), white());
        BoundOperator bound = ConvTransposeOperator.of(zeros).bind(PixelFormat.GRAY8, 3, 2);
        assertThat(first(bound, frames, 0, 0, 3, true)).isEqualTo(150);
        assertThat(first(bound, frames, 7, 0, 3, true)).isEqualTo(150);
        assertThat(first(bound, frames, 3, 0, 1, false)).isEqualTo(200);
        assertThat(first(bound, frames, 4, 2, 3, true)).isEqualTo(200);
    }

    private static Picture white() {
        return Pictures.of(PixelFormat.GRAY8, 3, 2, (p, y, x, c) -> 200);
    }

    private static int first(
            BoundOperator bound, List<Picture> frames, long output, long from, long to, boolean reachesEnd) {
        Picture out = Pictures.empty(PixelFormat.GRAY8, bound.outputWidth(), bound.outputHeight());
        bound.upscale(output, new Run(from, to, reachesEnd, frames), out, Bands.ONE);
        return Pictures.sample(out, 0, 0, 0, 0);
    }

    private record Run(long first, long last, boolean reachesEnd, List<Picture> frames) implements InputFrames {
        @Override
        public Picture at(long index) {
            assertThat(index).isBetween(first, last);
            return frames.get((int) index);
        }
    }

    /** For all geometries, the grid's taps, halo and counts match the definition. */
    @Test
    void theTimeGridHoldsAllTaps() {
        Random random = new Random(4);
        for (int n = 0; n < 2000; n++) {
            int stride = 1 + random.nextInt(5);
            int dilation = 1 + random.nextInt(4);
            ConvAxis axis = new ConvAxis(
                    1 + random.nextInt(7),
                    stride,
                    random.nextInt(6),
                    random.nextInt(Math.max(stride, dilation)),
                    dilation);
            TimeGrid grid = new ConvTransposeTimeGrid(axis);
            for (long o = 0; o < 40; o++) {
                assertThat(grid.firstTap(o)).isLessThanOrEqualTo(grid.firstTap(o + 1));
                assertThat(grid.lastTap(o)).isLessThanOrEqualTo(grid.lastTap(o + 1));
                assertThat(grid.firstTap(o)).isGreaterThanOrEqualTo(grid.owner(o) - grid.haloBefore());
                assertThat(grid.lastTap(o)).isLessThanOrEqualTo(grid.owner(o) + grid.haloAfter());
                assertThat(grid.nearestInput(o)).isBetween(grid.firstTap(o), grid.lastTap(o));
                for (int k = 0; k < axis.kernel(); k++) {
                    long at = o + axis.padding() - (long) k * dilation;
                    if (Math.floorMod(at, stride) == 0) {
                        long input = Math.floorDiv(at, stride);
                        assertThat(input).as("%s output %d", axis, o).isBetween(grid.firstTap(o), grid.lastTap(o));
                    }
                }
            }
            for (long frames = 1; frames < 20; frames++) {
                // A segment's outputs end before the next segment's begin.
                long first = random.nextInt(1000);
                assertThat(grid.firstSequence(first) + grid.outputCount(frames))
                        .isLessThanOrEqualTo(grid.firstSequence(first + frames));
            }
        }
    }

    @Test
    void rgbOfAGreyPictureIsItsLuma() {
        List<Picture> frames = Pictures.noise(PixelFormat.GRAY8, 31, 6, 3, 9);
        List<Picture> rgb = Streamed.upscale(
                ConvTransposeOperator.of(trilinear(Channels.RGB, 2, 2, 2)), Colour.UNSPECIFIED, frames, 2, 0);
        List<Picture> expected = trilinear(frames, 2, 2, 2);
        for (int o = 0; o < expected.size(); o++) {
            for (int y = 0; y < 12; y++) {
                for (int x = 0; x < 62; x++) {
                    assertThat(Pictures.sample(rgb.get(o), 0, y, x, 0))
                            .isCloseTo(Pictures.sample(expected.get(o), 0, y, x, 0), within(1));
                }
            }
        }
    }

    @Test
    void whatHasNoPlaceIsRefused() {
        Operator planes = ConvTransposeOperator.of(trilinear(Channels.PLANES, 1, 2, 2));
        assertThat(planes.refusal(PixelFormat.YUV420P, 5, 4, Colour.UNSPECIFIED))
                .get()
                .asString()
                .contains("channels planes")
                .contains("expected")
                .contains("5x4")
                .contains("found 6x4");
        assertThat(planes.refusal(PixelFormat.YUV420P, 6, 4, Colour.UNSPECIFIED))
                .isEmpty();
        Operator luma = ConvTransposeOperator.of(trilinear(Channels.LUMA, 1, 2, 2));
        assertThat(luma.refusal(PixelFormat.RGB24, 5, 4, Colour.UNSPECIFIED))
                .get()
                .asString()
                .contains("luma");
        Operator rgb = ConvTransposeOperator.of(trilinear(Channels.RGB, 1, 2, 2));
        Colour unknown = new Colour(Colour.Range.LIMITED, 8, 2, 2, Colour.ChromaLocation.UNSPECIFIED);
        assertThat(rgb.refusal(PixelFormat.YUV420P, 5, 4, unknown))
                .get()
                .asString()
                .contains("found 8");
    }
}
