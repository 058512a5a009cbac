package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pooling with indices, and its undoing, against libtorch on random parameters, legal and illegal. */
class MaxPoolOracleTest {
    @BeforeAll
    static void loadLibtorch() {
        Libtorch.assumeAvailable();
    }

    @Test
    void poolingAgreesWithLibtorch() {
        Duel duel = new Duel("MaxPool", 0);
        int target = Duel.cases(13);
        for (long seed = 1; duel.legal() < target; seed++) {
            pool(duel, seed);
        }
        duel.report();
        assertThat(duel.refused()).isGreaterThan(duel.legal() / 50);
    }

    @Test
    void unpoolingAgreesWithLibtorch() {
        Duel duel = new Duel("MaxUnpool", 0);
        int target = Duel.cases(12);
        for (long seed = 1; duel.legal() < target; seed++) {
            unpool(duel, seed);
        }
        duel.report();
        assertThat(duel.refused()).isGreaterThan(duel.legal() / 50);
    }

    private static void pool(Duel duel, long seed) {
        Draw draw = new Draw(seed);
        int dimensions = draw.between(1, 3);
        Tensor input = signal(draw, dimensions);
        int[] kernel = draw.each(dimensions, draw.chance(0.02) ? 0 : 1, 5);
        int[] stride = draw.each(dimensions, draw.chance(0.02) ? 0 : 1, 5);
        int[] dilation = draw.each(dimensions, draw.chance(0.02) ? 0 : 1, 3);
        int[] padding = new int[dimensions];
        for (int d = 0; d < dimensions; d++) {
            int most = kernel[d] / 2;
            padding[d] = draw.chance(0.02) ? draw.oneOf(-1, most + 1) : draw.between(0, most);
        }
        boolean ceil = draw.chance(0.5);
        duel.fightAll(
                () -> {
                    MaxPool.Result result = MaxPool.builder(dimensions, kernel)
                            .stride(stride)
                            .padding(padding)
                            .dilation(dilation)
                            .ceilMode(ceil)
                            .build()
                            .applyWithIndices(input);
                    Indices indices = result.indices();
                    return List.of(result.values(), Libtorch.asTensor(Shapes.asLongs(indices.data()), indices.shape()));
                },
                () -> Libtorch.maxPool(
                        input,
                        dimensions,
                        Shapes.asLongs(kernel),
                        Shapes.asLongs(stride),
                        Shapes.asLongs(padding),
                        Shapes.asLongs(dilation),
                        ceil),
                () -> 1,
                Duel.text(
                        "seed",
                        seed,
                        input,
                        "kernel",
                        kernel,
                        "stride",
                        stride,
                        "padding",
                        padding,
                        "dilation",
                        dilation,
                        ceil));
    }

    private static void unpool(Duel duel, long seed) {
        Draw draw = new Draw(seed);
        int dimensions = draw.between(1, 3);
        Tensor signal = signal(draw, dimensions);
        int[] kernel = draw.each(dimensions, 1, 4);
        int[] stride = draw.each(dimensions, 1, 4);
        int[] padding = new int[dimensions];
        int[] size = Arrays.copyOfRange(signal.shape(), signal.rank() - dimensions, signal.rank());
        for (int d = 0; d < dimensions; d++) {
            padding[d] = draw.between(0, kernel[d] / 2);
            if (draw.chance(0.1)) {
                size[d] = Math.max(1, size[d] + draw.between(-3, 3));
            }
        }
        if (Arrays.stream(signal.shape()).skip(signal.rank() - dimensions).min().orElseThrow() < 4) {
            return;
        }
        MaxPool.Result pooled = MaxPool.builder(dimensions, kernel)
                .stride(stride)
                .padding(padding)
                .build()
                .applyWithIndices(signal);
        for (int d = 0; d < dimensions; d++) {
            int usual = (pooled.values().size(d - dimensions) - 1) * stride[d] - 2 * padding[d] + kernel[d];
            // At exactly a stride away Python and we refuse, the C++ front end does not.
            size[d] = Math.abs(size[d] - usual) == stride[d] ? usual : size[d];
        }
        int[] requested = draw.chance(0.3) ? null : size;
        MaxUnpool ours = MaxUnpool.of(dimensions, kernel).withStride(stride).withPadding(padding);
        duel.fight(
                () -> requested == null
                        ? ours.apply(pooled.values(), pooled.indices())
                        : ours.apply(pooled.values(), pooled.indices(), requested),
                () -> Libtorch.maxUnpool(
                        pooled.values(),
                        pooled.indices(),
                        dimensions,
                        Shapes.asLongs(kernel),
                        Shapes.asLongs(stride),
                        Shapes.asLongs(padding),
                        requested == null ? null : Shapes.asLongs(requested)),
                () -> 1,
                Duel.text(
                        "seed",
                        seed,
                        signal,
                        "kernel",
                        kernel,
                        "stride",
                        stride,
                        "padding",
                        padding,
                        "output_size",
                        requested));
    }

    /** With ties in half of the cases, and now and then a NaN or an infinity. */
    private static Tensor signal(Draw draw, int dimensions) {
        int[] shape = draw.signalShape(dimensions, dimensions == 3 ? 10 : 20);
        Tensor input = draw.tensor(draw.chance(0.8) ? shape : Arrays.copyOfRange(shape, 1, shape.length));
        if (draw.chance(0.5)) {
            for (int i = 0; i < input.count(); i++) {
                input.data()[i] = draw.between(-2, 2);
            }
        }
        if (draw.chance(0.1)) {
            input.data()[draw.between(0, input.count() - 1)] =
                    draw.oneOf(Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        }
        return input;
    }
}
