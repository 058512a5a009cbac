package io.kinolift.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RingingTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 5;

    @Test
    void isWhatItsDefinitionSays() {
        for (long seed = 1; seed < 5; seed++) {
            short[] a = noise(seed);
            short[] b = noise(seed + 10);
            assertThat(Ringing.squared(a, b, WIDTH, HEIGHT)).isCloseTo(defined(a, b), within(1e-9));
        }
    }

    @Test
    void anEdgeHalfASampleOffDoesNotRing_aDarkLineBesideItDoes() {
        short[] edge = columns(10, 10, 10, 90, 90, 90, 90);
        assertThat(Ringing.squared(edge, columns(10, 10, 50, 90, 90, 90, 90), WIDTH, HEIGHT))
                .isZero();
        assertThat(Ringing.squared(edge, columns(10, 10, 3, 90, 90, 90, 90), WIDTH, HEIGHT))
                .isEqualTo(49.0 / WIDTH);
        assertThat(new PlaneQuality(0, 1, 0, 49).ringing()).isEqualTo(7);
    }

    private static double defined(short[] a, short[] b) {
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            for (int j = 0; j < a.length; j++) {
                if (Math.abs(i / WIDTH - j / WIDTH) <= 1 && Math.abs(i % WIDTH - j % WIDTH) <= 1) {
                    low = Math.min(low, a[j]);
                    high = Math.max(high, a[j]);
                }
            }
            double beyond = b[i] - Math.clamp(b[i], low, high);
            sum += beyond * beyond;
        }
        return sum / b.length;
    }

    private static short[] columns(int... samples) {
        short[] plane = new short[WIDTH * HEIGHT];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (short) samples[i % WIDTH];
        }
        return plane;
    }

    private static short[] noise(long seed) {
        Random random = new Random(seed);
        short[] plane = new short[WIDTH * HEIGHT];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (short) random.nextInt(256);
        }
        return plane;
    }
}
