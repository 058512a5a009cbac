package io.kinolift.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.convolve.ConvTransposeOperator;
import io.kinolift.upscale.convolve.RandomConvolution;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random operators over random segments in windows of any size: every sample equals its definition. */
class StreamingTest {
    /** Number of cases; the long form is 500. */
    private static final int CASES = Integer.getInteger("kinolift.streaming.cases", 60);

    private static final int MOST_USUAL_BITS = 10;
    private static final List<String> FACTORS = List.of("1", "2", "3", "4", "3/2", "5/2", "1.15", "1/2", "2/3");

    private int exact;
    private int rounded;
    private int offByOne;
    private int deepRounded;
    private int deepOffByOne;

    @Test
    void everySampleIsTheOracles() {
        for (int seed = 0; seed < CASES; seed++) {
            run(seed);
        }
        System.out.printf(
                "%d cases: %d samples exact, %d of float32, of which %d differ by 1, and %d of more bits, %d%n",
                CASES, exact, rounded, offByOne, deepRounded, deepOffByOne);
        assertThat(exact).isPositive();
        assertThat(offByOne).isLessThan(rounded / 100);
        // A float keeps its precision in parts of a sample, and samples are 64 times as fine at 16 bits as at 10.
        assertThat(deepOffByOne).isLessThan(deepRounded / 10);
    }

    private void run(int seed) {
        Random random = new Random(seed);
        if (random.nextInt(3) == 0) {
            interpolation(random, seed);
        } else {
            convTranspose(random, seed);
        }
    }

    private void interpolation(Random random, int seed) {
        Mode mode = random.nextInt(3) == 0 ? Mode.NEAREST : Mode.TRILINEAR;
        Interpolation settings = new Interpolation(
                mode,
                Rational.parse(FACTORS.get(random.nextInt(FACTORS.size()))),
                new SpatialTarget.Factors(
                        Rational.parse(FACTORS.get(random.nextInt(6))), Rational.parse(FACTORS.get(random.nextInt(6)))),
                false,
                TemporalGrid.values()[random.nextInt(2)]);
        List<Picture> frames = Pictures.noise(
                PixelFormat.values()[random.nextInt(PixelFormat.values().length)],
                1 + random.nextInt(21),
                1 + random.nextInt(6),
                1 + random.nextInt(40),
                seed);
        long expected = settings.temporalFactor().floorOfProduct(frames.size());
        check(
                InterpolationOperator.of(settings),
                Colour.UNSPECIFIED,
                frames,
                Oracle.interpolation(settings, frames),
                expected,
                random,
                "seed " + seed + " " + settings);
    }

    private void convTranspose(Random random, int seed) {
        TransposedConvolution settings = RandomConvolution.settings(random);
        Operator operator = ConvTransposeOperator.of(settings);
        Colour colour = RandomConvolution.colour(random);
        PixelFormat format;
        int width;
        int height;
        do {
            format = PixelFormat.values()[random.nextInt(PixelFormat.values().length)];
            width = 1 + random.nextInt(14);
            height = 1 + random.nextInt(6);
        } while (operator.refusal(format, width, height, colour).isPresent());
        List<Picture> frames = Pictures.noise(format, width, height, 1 + random.nextInt(random.nextInt(40) + 1), seed);
        long reach = (long) settings.dilation()[0] * (settings.weights().kernel()[0] - 1);
        long expected = Math.max(
                0,
                (frames.size() - 1L) * settings.stride()[0]
                        - 2L * settings.padding()[0]
                        + reach
                        + settings.outputPadding()[0]
                        + 1);
        check(
                operator,
                colour,
                frames,
                Oracle.convTranspose(settings, frames, colour),
                expected,
                random,
                "seed " + seed + " " + RandomConvolution.text(settings) + " " + colour);
    }

    private void check(
            Operator operator,
            Colour colour,
            List<Picture> frames,
            Oracle oracle,
            long expectedCount,
            Random random,
            String name) {
        List<Picture> outputs = Streamed.upscale(operator, colour, frames, frames.size(), 0);
        assertThat(outputs).as(name).hasSize(Math.toIntExact(expectedCount));
        String hash = Pictures.hash(outputs);
        for (int size : new int[] {1, 1 + random.nextInt(5), 1 + random.nextInt(45)}) {
            List<Picture> others = Streamed.upscale(operator, colour, frames, size, random.nextLong());
            assertThat(Pictures.hash(others))
                    .as("%s in windows of %d", name, size)
                    .isEqualTo(hash);
        }
        // The definition is slow: in long segments every few outputs are enough, from either end.
        int step = Math.max(1, outputs.size() / 6);
        for (int o = 0; o < outputs.size(); o += step) {
            compare(oracle, outputs.get(o), o, name);
        }
        if (!outputs.isEmpty()) {
            compare(oracle, outputs.getLast(), outputs.size() - 1, name);
        }
    }

    private void compare(Oracle oracle, Picture output, int o, String name) {
        int differing = oracle.differences(output, o, name);
        long bytes = output.format().pictureBytes(output.width(), output.height());
        int samples = Math.toIntExact(bytes / output.format().sampleBytes());
        if (oracle.isExact()) {
            exact += samples;
        } else if (output.format().bitDepth() <= MOST_USUAL_BITS) {
            rounded += samples;
            offByOne += differing;
        } else {
            deepRounded += samples;
            deepOffByOne += differing;
        }
    }
}
