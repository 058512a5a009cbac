package io.kinolift.kernel;

import io.kinolift.kernel.adapt.AdaptiveKernel;
import io.kinolift.kernel.adapt.AdaptiveSelfCheck;
import io.kinolift.kernel.adapt.GradientKernel;
import io.kinolift.kernel.adapt.ScalarAdaptive;
import io.kinolift.kernel.adapt.ScalarGradients;
import io.kinolift.kernel.adapt.VectorAdaptive;
import io.kinolift.kernel.adapt.VectorGradients;
import io.kinolift.kernel.change.ChangeKernel;
import io.kinolift.kernel.change.ChangeSelfCheck;
import io.kinolift.kernel.change.ScalarChange;
import io.kinolift.kernel.change.VectorChange;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.kernel.convolve.ConvTransposeSelfCheck;
import io.kinolift.kernel.convolve.ScalarConvTranspose;
import io.kinolift.kernel.convolve.VectorConvTranspose;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.InterpolationSelfCheck;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.kernel.interpolate.VectorInterpolation;
import io.kinolift.kernel.limit.RangeKernel;
import io.kinolift.kernel.limit.RangeSelfCheck;
import io.kinolift.kernel.limit.ScalarRange;
import io.kinolift.kernel.limit.VectorRange;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.MotionSelfCheck;
import io.kinolift.kernel.motion.ScalarMotion;
import io.kinolift.kernel.motion.ScalarWarp;
import io.kinolift.kernel.motion.VectorMotion;
import io.kinolift.kernel.motion.VectorWarp;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorModule;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one place that chooses between scalar and vector loops, once per JVM. It chooses vectors unless there is a reason
 * against them, and logs the reason in one line.
 */
public final class Kernels {
    /** {@code off} for scalar loops, or a vector width in bits: 128, 256, 512. Absent: the machine's best. */
    public static final String SIMD_PROPERTY = VectorWidth.PROPERTY;

    private static final Set<String> SETTINGS = Set.of("off", "128", "256", "512");
    private static final int LEAST_BITS = 128;
    private static final String OTHER_BYTES =
            "vector loops gave other bytes than scalar loops; please report this machine and JVM";
    /**
     * Only these kinds: checks of more kinds before the first picture leave the JIT with profiles that make all loops a
     * fifth slower.
     */
    private static final List<SampleType> SAMPLES = List.of(SampleType.BYTES, SampleType.upTo(1023));

    private Kernels() {}

    /** The fastest kernel that computes correctly on this machine. */
    public static InterpolationKernel interpolation() {
        return Chosen.INTERPOLATION;
    }

    /** The fastest kernel that computes correctly on this machine. */
    public static ConvTransposeKernel convTranspose() {
        return Chosen.CONV_TRANSPOSE;
    }

    /** The fastest kernel that computes correctly on this machine. */
    public static AdaptiveKernel adaptive() {
        return Chosen.ADAPTIVE;
    }

    /** The fastest kernel that computes correctly on this machine. */
    public static GradientKernel gradients() {
        return Chosen.GRADIENTS;
    }

    /** The fastest kernel that computes correctly on this machine. */
    public static RangeKernel range() {
        return Chosen.RANGE;
    }

    /** The fastest kernel that computes correctly on this machine. */
    public static MotionKernel motion() {
        return ChosenForMotion.MOTION;
    }

    /** The fastest kernel that computes correctly on this machine. */
    public static WarpKernel warp() {
        return ChosenForMotion.WARP;
    }

    /** The fastest kernel that computes correctly on this machine. */
    public static ChangeKernel change() {
        return ChosenForMotion.CHANGE;
    }

    private static boolean vectorsServe() {
        Optional<String> refusal = refusal();
        refusal.ifPresent(
                reason -> System.getLogger(Kernels.class.getName()).log(Level.INFO, "SIMD is off: " + reason));
        return refusal.isEmpty();
    }

    private static Optional<String> refusal() {
        String setting = System.getProperty(SIMD_PROPERTY);
        if (setting != null && !SETTINGS.contains(setting)) {
            return Optional.of("expected -D" + SIMD_PROPERTY + "=off|128|256|512, found " + setting);
        }
        if ("off".equals(setting)) {
            return Optional.of("-D" + SIMD_PROPERTY + "=off");
        }
        if (!VectorModule.isLoaded()) {
            return Optional.of("start java with " + VectorModule.OPTION + " or --add-modules=" + VectorModule.NAME);
        }
        int preferred = VectorWidth.preferredBits();
        if (preferred < LEAST_BITS) {
            return Optional.of("vectors of this machine have " + preferred + " bits, expected " + LEAST_BITS);
        }
        if (VectorWidth.BITS > preferred) {
            return Optional.of("-D" + SIMD_PROPERTY + "=" + setting + " exceeds this JVM's " + preferred + " bits");
        }
        if (!SAMPLES.stream().allMatch(Kernels::interpolationsAgree)
                || !ConvTransposeSelfCheck.agree(new ScalarConvTranspose(), new VectorConvTranspose())
                || !AdaptiveSelfCheck.agree(new ScalarAdaptive(), new VectorAdaptive())
                || !AdaptiveSelfCheck.agree(new ScalarGradients(), new VectorGradients())
                || !RangeSelfCheck.agree(new ScalarRange(), new VectorRange())) {
            return Optional.of(OTHER_BYTES);
        }
        return Optional.empty();
    }

    private static boolean interpolationsAgree(SampleType samples) {
        return InterpolationSelfCheck.agree(
                new ScalarInterpolation().of(samples), new VectorInterpolation().of(samples));
    }

    private static final class Chosen {
        static final boolean VECTORS = vectorsServe();
        static final InterpolationKernel INTERPOLATION =
                VECTORS ? new VectorInterpolation() : new ScalarInterpolation();
        static final ConvTransposeKernel CONV_TRANSPOSE =
                VECTORS ? new VectorConvTranspose() : new ScalarConvTranspose();
        static final AdaptiveKernel ADAPTIVE = VECTORS ? new VectorAdaptive() : new ScalarAdaptive();
        static final GradientKernel GRADIENTS = VECTORS ? new VectorGradients() : new ScalarGradients();
        static final RangeKernel RANGE = VECTORS ? new VectorRange() : new ScalarRange();
    }

    /** Apart, because few streams need them and the check would be part of every start. */
    private static final class ChosenForMotion {
        static final boolean VECTORS = Chosen.VECTORS && agree();
        static final MotionKernel MOTION = VECTORS ? new VectorMotion() : new ScalarMotion();
        static final WarpKernel WARP = VECTORS ? new VectorWarp() : new ScalarWarp();
        static final ChangeKernel CHANGE = VECTORS ? new VectorChange() : new ScalarChange();

        private static boolean agree() {
            boolean agree = MotionSelfCheck.agree(new ScalarMotion(), new VectorMotion())
                    && MotionSelfCheck.agree(new ScalarWarp(), new VectorWarp())
                    && ChangeSelfCheck.agree(new ScalarChange(), new VectorChange());
            if (!agree) {
                System.getLogger(Kernels.class.getName()).log(Level.INFO, "SIMD is off for motion: " + OTHER_BYTES);
            }
            return agree;
        }
    }
}
