package io.kinolift.kernel.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The exact loops divide by way of a float. Tests them against whole numbers, for all allowed denominators. */
class QuotientTest {
    private static final int SAMPLES = 67;
    private static final long SEED = 20_261_128;

    @Test
    void quotientsAreThoseOfWholeNumbers() {
        for (SampleType samples : new SampleType[] {
            SampleType.BYTES,
            SampleType.upTo(1023),
            SampleType.upTo(4095),
            SampleType.upTo(65_535),
            new SampleType(1023, 6)
        }) {
            InterpolationKernel kernel = new VectorInterpolation().of(samples);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int n = 0; n < 3000; n++) {
                int largest = kernel.maxDenominator();
                int denominator = n % 3 == 0 ? largest - n / 3 : 1 + random.nextInt(largest);
                check(kernel, denominator, random.nextInt(denominator + 1), random);
            }
        }
    }

    private static void check(InterpolationKernel kernel, int denominator, int weight, SplittableRandom random) {
        SampleType samples = kernel.samples();
        MemorySegment[] rows = {noise(samples, random), noise(samples, random)};
        RowInput input = new RowInput(2);
        input.clear(denominator);
        input.add(rows[0], 0, weight);
        input.add(rows[1], 0, denominator - weight);
        MemorySegment out = MemorySegment.ofArray(new byte[SAMPLES * samples.size()]);
        kernel.exact(input, columns(kernel.lanes()), new RowScratch(SAMPLES), out, 0);
        for (int i = 0; i < SAMPLES; i++) {
            long sum = (long) weight * samples.get(rows[0], 0, i)
                    + (long) (denominator - weight) * samples.get(rows[1], 0, i);
            assertThat(samples.get(out, 0, i))
                    .as("seed %d: sample %d of %s, %d over %d", SEED, i, samples, sum, denominator)
                    .isEqualTo((int) ((2 * sum + denominator) / (2L * denominator)));
        }
    }

    /** Makes samples with many of the largest among them. */
    private static MemorySegment noise(SampleType samples, SplittableRandom random) {
        MemorySegment row = MemorySegment.ofArray(new byte[SAMPLES * samples.size()]);
        for (int i = 0; i < SAMPLES; i++) {
            int sample = random.nextInt(samples.max() + 1);
            samples.set(row, 0, i, i % 4 == 0 ? samples.max() - sample % 3 : sample);
        }
        return row;
    }

    /** Columns that copy every sample. */
    private static ColumnTable columns(int lanes) {
        int[] index = new int[2 * SAMPLES];
        int[] weight = new int[2 * SAMPLES];
        Arrays.setAll(index, i -> i % SAMPLES);
        Arrays.fill(weight, 0, SAMPLES, 1);
        return new ColumnTable(SAMPLES, SAMPLES, 2, index, weight, new float[2 * SAMPLES], lanes);
    }
}
