package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.List;
import jdk.incubator.vector.IntVector;

/**
 * Fixed cases and the SHA-256 of their outputs, by the scalar loops. A changed hash is a change of rounding: it breaks
 * contract 1 for streams that are restarted by the new version, so it needs a reason and a note to users.
 */
public enum GoldenCase {
    TWICE_420(
            "T",
            "2",
            "2",
            "2",
            PixelFormat.YUV420P,
            false,
            false,
            "b0e657add3fd91361e52b8511e2e122882dcf4ad8c97bf111ca5fe521d4b9107"),
    TWICE_NV12(
            "T",
            "1",
            "2",
            "2",
            PixelFormat.NV12,
            false,
            false,
            "3c9a0b79b25e021427b4149ccd5c4ed20d58ed4c5d938ab4fec38ace87f76b15"),
    TWICE_RGB(
            "T",
            "1",
            "2",
            "2",
            PixelFormat.RGB24,
            false,
            false,
            "e3357725047d801d0e91cd865966801d32a2c582188ca336606691864c30ed98"),
    THRICE_ON_SOURCE(
            "T",
            "2",
            "3",
            "3",
            PixelFormat.YUV420P,
            true,
            false,
            "7da1fa7b6f967e38cbff83f64fc331ee58cb2f85712c27a613ef8c6fe3d79f15"),
    FRACTION(
            "T",
            "5/2",
            "3/2",
            "1.15",
            PixelFormat.RGB24,
            false,
            false,
            "19f448747da9b3598a4b36f86afee838af8b2cb6024db0fa494069547e77a349"),
    BEYOND_THE_LANES(
            "T",
            "1.001",
            "1.003",
            "1.007",
            PixelFormat.GRAY8,
            false,
            false,
            "ffdd9f88b46d6c5c5d2e07445cd02defc7fa865aa96c5fdf4d8aea526ecf39ef"),
    HALF(
            "T",
            "1/2",
            "1/2",
            "1/2",
            PixelFormat.GRAY8,
            false,
            false,
            "070b3917a27f191c8745e792e4653e834c985f616ed383faed6412ab72819d36"),
    CORNERS(
            "T",
            "2",
            "5/2",
            "2",
            PixelFormat.YUV420P,
            false,
            true,
            "46686a4defbb1c72f3fce15232ab3122aee33b8d0b51103747cd4147adb75c42"),
    NEAREST(
            "N",
            "3/2",
            "3/2",
            "7/3",
            PixelFormat.NV12,
            false,
            false,
            "d2156eb0004b4fde0586cc832bfc19078358556dba72ffdcac5c2785f230e47d"),
    CUBIC_TWICE(
            "C",
            "1",
            "2",
            "2",
            PixelFormat.YUV420P,
            false,
            false,
            "ebb186801c6dad94ede275f86bbb4e8036015b65e667b53f116c21a1b7f89d40"),
    CUBIC_IN_TIME(
            "C",
            "2",
            "3",
            "5/2",
            PixelFormat.RGB24,
            false,
            false,
            "d1c29bbf35df46377b0da03d3a9fb3577844c576aa569e4242538576ff0bbe22"),
    CUBIC_CORNERS(
            "C",
            "2",
            "3",
            "4/3",
            PixelFormat.GRAY8,
            false,
            true,
            "af7e703415084b0aa8944f9a2267add9882dd43627b68dbe9af82d937126fe4a"),
    HIGH_DEPTH_TWICE(
            "T",
            "2",
            "2",
            "2",
            PixelFormat.YUV420P10,
            false,
            false,
            "431e0a41a87a863ba7880aad4a9aa8a9f44f27a0182fdf5b0434c4711858669e"),
    HIGH_DEPTH_HALF_AS_MUCH_AGAIN(
            "T",
            "1",
            "3/2",
            "3/2",
            PixelFormat.YUV422P10,
            false,
            false,
            "98ab5a6f0c025586ca392824c83006e596b86ad038bd79f4df98a6741b5a390d"),
    HIGH_DEPTH_BEYOND_THE_SHORT_LANES(
            "T",
            "5/2",
            "3",
            "2",
            PixelFormat.YUV444P10,
            true,
            false,
            "95f5c443c908f18ea3da43f7ff0275c54f0a75b48aef073351a946195bc6abf8"),
    HIGH_DEPTH_BEYOND_THE_LANES(
            "T",
            "1.001",
            "1.003",
            "1.007",
            PixelFormat.GRAY10,
            false,
            false,
            "bd7814014a4dd40d105545c738249e1f3d5386637f345519c66f6b70872ce220"),
    HIGH_DEPTH_NEAREST(
            "N",
            "3/2",
            "3/2",
            "7/3",
            PixelFormat.YUV420P10,
            false,
            false,
            "a3df8e27a80ade18f3523fcf9b694f1b6d6ed67ecc3ed9c961d1fced1c0f6fde"),
    HIGH_DEPTH_CUBIC(
            "C",
            "2",
            "2",
            "5/2",
            PixelFormat.YUV420P10,
            false,
            false,
            "b25eb999a60e3c650eda82a18e44ed5ed10eaf9acc25f9a6a2bbf400d040d5e8"),
    CUBIC_TWICE_IN_TIME(
            "C",
            "2",
            "2",
            "2",
            PixelFormat.YUV420P,
            false,
            false,
            "c58478a1deb6868e4bb3432536b1ca335528273a94be3b27ddea9ea958fcd154");

    private static final int WIDTH = 77;
    private static final int HEIGHT = 13;
    private static final int FRAMES = 4;

    private final Interpolation settings;
    private final PixelFormat format;
    private final String hash;

    GoldenCase(
            String mode,
            String t,
            String h,
            String w,
            PixelFormat format,
            boolean source,
            boolean corners,
            String hash) {
        Mode named = switch (mode) {
            case "N" -> Mode.NEAREST;
            case "C" -> Mode.BICUBIC;
            default -> Mode.TRILINEAR;
        };
        settings = new Interpolation(
                named,
                Rational.parse(t),
                new SpatialTarget.Factors(Rational.parse(h), Rational.parse(w)),
                corners,
                source ? TemporalGrid.SOURCE : TemporalGrid.HALF_PIXEL);
        this.format = format;
        this.hash = hash;
    }

    String expected() {
        return hash;
    }

    String found(InterpolationKernel kernel) {
        List<Picture> frames = Pictures.noise(format, WIDTH, HEIGHT, FRAMES, ordinal());
        return Pictures.hash(Pictures.upscale(settings, kernel, frames));
    }

    /** Prints the widest vector of this JVM, the lanes of its kernel, then each case and its hash. */
    public static void main(String[] args) {
        InterpolationKernel kernel = Kernels.interpolation();
        System.out.println("widest " + IntVector.SPECIES_PREFERRED.vectorBitSize());
        System.out.println("lanes " + kernel.lanes());
        for (GoldenCase each : values()) {
            System.out.println(each + " " + each.found(kernel));
        }
    }
}
