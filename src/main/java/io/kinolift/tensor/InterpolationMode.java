package io.kinolift.tensor;

import java.util.Arrays;

/** How values between samples are found. Names are PyTorch's. */
public enum InterpolationMode {
    NEAREST("nearest", 0, false),
    NEAREST_EXACT("nearest-exact", 0, false),
    LINEAR("linear", 1, true),
    BILINEAR("bilinear", 2, true),
    BICUBIC("bicubic", 2, true),
    TRILINEAR("trilinear", 3, true),
    /** Adaptive average pooling: every output is the mean of the inputs that it overlaps. */
    AREA("area", 0, false);

    private final String torchName;
    private final int spatialDimensions;
    private final boolean cornersCanBeAligned;

    InterpolationMode(String torchName, int spatialDimensions, boolean cornersCanBeAligned) {
        this.torchName = torchName;
        this.spatialDimensions = spatialDimensions;
        this.cornersCanBeAligned = cornersCanBeAligned;
    }

    /**
     * The mode of a PyTorch name.
     *
     * @throws IllegalArgumentException if there is no such mode
     */
    public static InterpolationMode of(String torchName) {
        return Arrays.stream(values())
                .filter(mode -> mode.torchName.equals(torchName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a mode of " + Arrays.toString(values()) + ", found " + torchName));
    }

    /** Whether the mode works on this many spatial dimensions (1 to 3). */
    public boolean supports(int dimensions) {
        return spatialDimensions == 0 || spatialDimensions == dimensions;
    }

    /** The number of spatial dimensions the mode needs; 0 when it takes any. */
    public int spatialDimensions() {
        return spatialDimensions;
    }

    /** Whether {@code align_corners} has a meaning. */
    public boolean cornersCanBeAligned() {
        return cornersCanBeAligned;
    }

    @Override
    public String toString() {
        return torchName;
    }
}
