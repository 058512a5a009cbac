package io.kinolift.fit;

/**
 * The kernel tap of a transposed convolution that joins an input to an output, along one axis.
 *
 * <p>Output {@code factor * j + phase} is a filter over inputs {@code j + offset}; its weight for an offset is kernel
 * tap {@code phase + padding - factor * offset}. The padding is {@code (kernel - factor) / 2} on either side, so the
 * output is {@code factor} times the input and mirrored phases have mirrored taps.
 *
 * @param factor the stride, at least 1
 * @param kernel taps; of the parity of the factor, and not less
 */
public record PhaseGrid(int factor, int kernel) {
    /** @throws IllegalArgumentException if the kernel cannot be centred */
    public PhaseGrid {
        if (factor < 1 || kernel < factor || (kernel - factor) % 2 != 0) {
            throw new IllegalArgumentException("expected a kernel of at least the factor " + factor
                    + " and of its parity, so that it can be centred, found " + kernel);
        }
    }

    /** The usual kernel: six inputs to an output. */
    public static PhaseGrid usual(int factor) {
        return new PhaseGrid(factor, 6 * factor + factor % 2);
    }

    public int padding() {
        return (kernel - factor) / 2;
    }

    /** The first offset of a phase. */
    public int first(int phase) {
        return -Math.floorDiv(kernel - 1 - phase - padding(), factor);
    }

    /** The last offset of a phase. */
    public int last(int phase) {
        return Math.floorDiv(phase + padding(), factor);
    }

    public int tap(int phase, int offset) {
        return phase + padding() - factor * offset;
    }

    /** The furthest offset of any phase, in either direction. */
    public int reach() {
        return last(factor - 1);
    }

    /** Offsets from {@code -reach} to {@code reach}. */
    public int offsets() {
        return 2 * reach() + 1;
    }
}
