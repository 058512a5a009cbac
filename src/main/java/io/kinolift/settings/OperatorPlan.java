package io.kinolift.settings;

import io.kinolift.upscale.Operator;
import io.kinolift.upscale.adapt.AdaptiveOperator;
import io.kinolift.upscale.adapt.FilterBank;
import io.kinolift.upscale.convolve.ConvTransposeOperator;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.network.NetworkOperator;
import io.kinolift.weights.AdaptiveWeights;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;

/**
 * What configuration says of an operator, with its files read, before the operator is made.
 *
 * @param summary for people, such as {@code trilinear × 2,2,2}
 * @param fingerprint every setting and weight, so that the same text means the same pictures
 * @param warning of what will show on every picture
 */
record OperatorPlan(String summary, String fingerprint, Optional<String> warning, Supplier<Operator> maker) {
    /** @throws ConfigException naming the setting, for values that do not go together or a file that cannot be used */
    static OperatorPlan of(KinoliftConfig config) {
        if (ConvTransposePlan.isWanted(config)) {
            OnnxPlan.requireUnused(config);
            return AdaptivePlan.isWanted(config) ? adaptive(config) : convolution(config);
        }
        ConvTransposePlan.requireUnused(config);
        if (OnnxPlan.isWanted(config)) {
            OnnxPlan plan = OnnxPlan.of(config);
            return new OperatorPlan(
                    summary(
                            config,
                            ConvLayer.numbers(plan.upsampling().network().factors())),
                    plan.fingerprint(),
                    Optional.empty(),
                    () -> NetworkOperator.of(plan.upsampling()));
        }
        OnnxPlan.requireUnused(config);
        Interpolation interpolation = InterpolationPlan.of(config);
        return new OperatorPlan(
                summary(config, InterpolationPlan.summary(interpolation)),
                InterpolationPlan.fingerprint(config),
                Optional.empty(),
                () -> InterpolationOperator.of(interpolation));
    }

    private static OperatorPlan convolution(KinoliftConfig config) {
        TransposedConvolution convolution = ConvTransposePlan.of(config);
        Overshoot overshoot = Overshoot.of(config, ConvLayer.metadata(config));
        return new OperatorPlan(
                summary(config, ConvLayer.numbers(convolution.stride())),
                ConvTransposePlan.fingerprint(convolution) + overshoot.fingerprint(),
                ConvTransposePlan.warning(config, convolution),
                () -> overshoot.limit(ConvTransposeOperator.of(convolution)));
    }

    private static OperatorPlan adaptive(KinoliftConfig config) {
        AdaptiveWeights weights = AdaptivePlan.of(config);
        FilterBank bank = AdaptivePlan.bank(config, weights);
        Overshoot overshoot = Overshoot.of(config, weights.metadata());
        return new OperatorPlan(
                summary(config, ConvLayer.numbers(AdaptiveWeights.SHIPPED_FACTORS)),
                AdaptivePlan.fingerprint(bank) + overshoot.fingerprint(),
                Optional.empty(),
                () -> overshoot.limit(AdaptiveOperator.of(bank)));
    }

    Operator make() {
        return maker.get();
    }

    private static String summary(KinoliftConfig config, String factors) {
        return config.lower(KinoliftConfig.OPERATOR) + " × " + factors;
    }
}
