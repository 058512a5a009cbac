package io.kinolift.upscale.convolve;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.interpolate.Coordinates;
import java.util.stream.IntStream;

/**
 * One axis of a transposed convolution. Output o is {@code phase} behind its {@code step}: o + padding = step * stride
 * + phase. All outputs of a step see the same inputs, which are counted from the step: tap k is at offset (phase - k *
 * dilation) / stride, if that is a whole number.
 */
public record ConvAxis(int kernel, int stride, int padding, int outputPadding, int dilation) {
    /** PyTorch's formula; may be 0 or less. */
    public long outputs(long inputs) {
        return (inputs - 1) * stride - 2L * padding + reach() + outputPadding + 1;
    }

    /** The largest excess of outputs over stride x inputs, for a segment of any length. */
    long overrun() {
        return Math.max(0, outputs(0));
    }

    long step(long output) {
        return Math.floorDiv(output + padding, stride);
    }

    int phase(long output) {
        return Math.floorMod(output + padding, stride);
    }

    /** The tap of a phase at an offset, or -1 if there is none. */
    int tap(int phase, int offset) {
        long distance = phase - (long) offset * stride;
        return distance < 0 || distance % dilation != 0 || distance / dilation >= kernel
                ? -1
                : (int) (distance / dilation);
    }

    /** The offsets of a phase's taps, ascending. */
    int[] offsets(int phase) {
        return IntStream.rangeClosed((int) -(reach() / stride), 0)
                .filter(offset -> tap(phase, offset) >= 0)
                .toArray();
    }

    /** The offsets of all phases' taps, ascending. */
    int[] offsets() {
        return IntStream.rangeClosed((int) -(reach() / stride), 0)
                .filter(offset -> IntStream.range(0, stride).anyMatch(phase -> tap(phase, offset) >= 0))
                .toArray();
    }

    /** The input under the kernel's centre: x = (o + padding - reach / 2) / stride. */
    public Coordinates centres() {
        return new Coordinates(2L * padding - reach(), 2, 2L * stride);
    }

    Rational factor() {
        return Rational.of(stride);
    }

    private long reach() {
        return (long) dilation * (kernel - 1);
    }
}
