package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.kinolift.upscale.network.NetworkOperator;
import io.kinolift.weights.AxisNumbers;
import java.util.List;
import java.util.Optional;

/** A network from a file. */
final class OnnxKind implements OperatorKind {
    static final String NAME = "onnx";

    private static final SettingList SETTINGS = SettingList.ofOperator()
            .take(OperatorSettings.SCALE_FACTOR)
            .take(OperatorSettings.TEMPORAL_GRID)
            .take(OperatorSettings.MOTION)
            .take(OperatorSettings.MOTION_RANGE)
            .take(OperatorSettings.CADENCE)
            .take(OperatorSettings.CHANNELS);

    static final Setting<String> MODEL = SETTINGS.declare(Setting.ofString("kinolift.model", "")
            .importance(HIGH)
            .text("ONNX file of a network, for onnx. The network has one input, [N,C,H,W] or "
                    + "[N,C,D,H,W], and fixed whole factors. The settings below, down to "
                    + "kinolift.model.order, come from the file's metadata if they are empty.")
            .option("FILE", "ONNX file of a network, for onnx")
            .putsAside(OperatorSettings.SCALE_FACTOR));

    static final Setting<String> MODEL_HALO = SETTINGS.declare(Setting.ofString("kinolift.model.halo", "")
            .importance(MEDIUM)
            .text("Distance up to which an output depends on inputs around its own, as "
                    + "time,height,width. If the value is large enough, windows and tiles leave no trace. "
                    + "Empty: halo in the metadata, else 1,16,16.")
            .option("T,H,W", "how far beyond its own input an output of it depends on others (default: its metadata)"));

    static final Setting<String> MODEL_MULTIPLE = SETTINGS.declare(Setting.ofString("kinolift.model.multiple", "")
            .importance(LOW)
            .text("Height and width of the network's input must be multiples of this number. Empty: "
                    + "multiple in the metadata, else 1."));

    static final Setting<String> MODEL_RANGE = SETTINGS.declare(Setting.ofString("kinolift.model.range", "")
            .importance(LOW)
            .text("The network's number for sample 255 (for sample 1020 of 10-bit video). Empty: range "
                    + "in the metadata, else 1."));

    static final Setting<String> MODEL_ORDER = SETTINGS.declare(Setting.ofString("kinolift.model.order", "")
            .choices("", "rgb", "bgr")
            .importance(LOW)
            .text("Order of three channels. Empty: order in the metadata, else rgb."));

    static final Setting<Integer> MODEL_TILE = SETTINGS.declare(Setting.ofInt("kinolift.model.tile", 256)
            .valid(between(1, 4096))
            .importance(LOW)
            .text("Input rows and columns that the network processes at once. Larger tiles waste less "
                    + "work on their halo and take more memory."));

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
        return setting == InterpolationKind.SIZE ? "the model gives the size" : "";
    }

    @Override
    public OperatorPlan plan(KinoliftConfig config) {
        OnnxPlan plan = OnnxPlan.of(config);
        OperatorPlan network = new OperatorPlan(
                AxisNumbers.text(plan.upsampling().network().factors()),
                plan.fingerprint(config),
                Optional.empty(),
                () -> NetworkOperator.of(plan.upsampling()));
        if (!plan.isSpatial()) {
            TemporalStage.refuse(config, "with a network that has an extent in time");
        }
        return plan.isSpatial() ? TemporalStage.of(config).before(network) : network;
    }
}
