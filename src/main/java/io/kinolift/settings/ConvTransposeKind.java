package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.kinolift.upscale.adapt.AdaptiveOperator;
import io.kinolift.upscale.adapt.FilterBank;
import io.kinolift.upscale.convolve.ConvTransposeOperator;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.AxisNumbers;
import java.util.List;
import java.util.Optional;

/** A transposed convolution; with adaptive weights, one whose kernel depends on the detail around each sample. */
final class ConvTransposeKind implements OperatorKind {
    static final String NAME = "conv-transpose3d";

    private static final SettingList SETTINGS = SettingList.ofOperator()
            .take(OperatorSettings.SCALE_FACTOR)
            .take(OperatorSettings.TEMPORAL_GRID)
            .take(OperatorSettings.MOTION)
            .take(OperatorSettings.MOTION_RANGE)
            .take(OperatorSettings.CADENCE);

    static final Setting<String> WEIGHTS = SETTINGS.declare(
            Setting.ofString("kinolift.weights", "")
                    .importance(HIGH)
                    .text("Weights of conv-transpose3d. They may be a safetensors file with the weight and bias "
                            + "of an nn.ConvTranspose1d (time only), 2d (height and width) or 3d. adaptive: "
                            + "weights that depend on the detail around each sample, for factors 2,2 in space and "
                            + "any factor in time. trilinear: the kernel of trilinear upsampling. Empty: the fitted "
                            + "weights that come with Kinolift for the scale factor. The settings from here down to "
                            + "kinolift.channels are for conv-transpose3d too.")
                    .option(
                            "FILE",
                            "safetensors file with the weights of conv-transpose3d (default: fitted ones that come with Kinolift), or adaptive, or trilinear"));

    static final Setting<String> WEIGHTS_PREFIX = SETTINGS.declare(Setting.ofString("kinolift.weights.prefix", "")
            .importance(MEDIUM)
            .text("Name of the layer in the weights file, such as decoder.up.")
            .option("NAME", "name of the layer within that file, such as decoder.up"));

    static final Setting<String> STRIDE = SETTINGS.declare(Setting.ofString("kinolift.stride", "")
            .importance(HIGH)
            .text("Output size divided by input size, as time,height,width in whole numbers. A single "
                    + "number applies to every axis that the kernel spans. Empty: the scale factor if it is "
                    + "set, else the stride of the fitted weights, else 2.")
            .option(
                    "T,H,W",
                    "output over input of conv-transpose3d; one number: every axis the kernel spans (default 2)")
            .putsAside(OperatorSettings.SCALE_FACTOR)
            .putAsideBy(OperatorSettings.SCALE_FACTOR));

    static final Setting<String> PADDING = SETTINGS.declare(Setting.ofString("kinolift.padding", "")
            .importance(MEDIUM)
            .text("Output samples cut off at both ends, as time,height,width or one number. Empty: the "
                    + "padding of the fitted weights, else 0 as in PyTorch.")
            .option("T,H,W", "outputs cut off both ends (default: that of the fitted weights, else 0)"));

    static final Setting<String> OUTPUT_PADDING = SETTINGS.declare(Setting.ofString("kinolift.output.padding", "")
            .importance(LOW)
            .text("Output samples added at the far ends, as time,height,width or one number. It must be "
                    + "less than the stride or the dilation. Empty: the output padding of the fitted "
                    + "weights, else 0 as in PyTorch.")
            .option("T,H,W", "outputs added at the far ends (default: that of the fitted weights, else 0)"));

    static final Setting<String> DILATION = SETTINGS.declare(Setting.ofString("kinolift.dilation", "")
            .importance(LOW)
            .text("Distance between the kernel's taps, as time,height,width or one number. Empty: 1.")
            .option("T,H,W", "how far apart the kernel's taps lie (default 1)"));

    static final Setting<Integer> GROUPS = SETTINGS.declare(Setting.ofInt("kinolift.groups", 1)
            .valid(between(1, 3))
            .importance(LOW)
            .text("Number of groups of channels that are convolved independently: 1 or 3.")
            .option("N", "groups of channels, as in PyTorch (default 1)"));

    static final Setting<String> BORDER = SETTINGS.declare(Setting.ofString("kinolift.border", "edge")
            .choices("edge", "zeros")
            .importance(MEDIUM)
            .text("Samples outside a segment and its pictures. edge: the nearest sample. zeros: zeros "
                    + "as in PyTorch, which darken the rim.")
            .option(
                    "BORDER",
                    "samples outside the picture for conv-transpose3d: edge (default), or zeros as in PyTorch"));

    static final Setting<String> OVERSHOOT = SETTINGS.declare(Setting.ofString("kinolift.overshoot", "")
            .importance(MEDIUM)
            .text("Limit for ringing, from 0 to 1. Luma may leave the range of the 3x3 input samples "
                    + "around it, in the frames around it, by this share of that range, and at thin lines "
                    + "by a little more. off: no limit (with kinolift.border=zeros this is PyTorch's "
                    + "result). Empty: with kinolift.channels=luma the limit of the fitted weights, else "
                    + "off.")
            .option(
                    "SHARE",
                    "share of their range by which luma may leave the range of the inputs around it: 0 to 1, or off "
                            + "as in PyTorch (default: that of the fitted weights)"));

    static {
        SETTINGS.take(OperatorSettings.CHANNELS);
    }

    @Override
    public List<String> names() {
        return List.of(NAME);
    }

    @Override
    public SettingList settings() {
        return SETTINGS;
    }

    @Override
    public String insteadOf(Setting<?> setting) {
        return setting == InterpolationKind.SIZE ? STRIDE + " gives the size" : "";
    }

    @Override
    public OperatorPlan plan(KinoliftConfig config) {
        if (AdaptivePlan.isWanted(config)) {
            return TemporalStage.of(config).before(adaptive(config));
        }
        return ConvLayer.isSpatial(config)
                ? TemporalStage.of(config).before(convolution(TemporalStage.spatial(config)))
                : convolution(config);
    }

    private static OperatorPlan convolution(KinoliftConfig config) {
        TransposedConvolution convolution = ConvTransposePlan.of(config);
        Overshoot overshoot = Overshoot.of(config, ConvLayer.metadata(config));
        return new OperatorPlan(
                AxisNumbers.text(convolution.stride()),
                overshoot.addTo(ConvTransposePlan.fingerprint(config, convolution)),
                ConvTransposePlan.warning(config, convolution),
                () -> overshoot.limit(ConvTransposeOperator.of(convolution)));
    }

    private static OperatorPlan adaptive(KinoliftConfig config) {
        AdaptiveWeights weights = AdaptivePlan.of(config);
        FilterBank bank = AdaptivePlan.bank(config, weights);
        Overshoot overshoot = Overshoot.of(config, weights.metadata());
        return new OperatorPlan(
                AxisNumbers.text(AdaptiveWeights.shippedFactors()),
                overshoot.addTo(AdaptivePlan.fingerprint(config, bank)),
                Optional.empty(),
                () -> overshoot.limit(AdaptiveOperator.of(bank)));
    }
}
