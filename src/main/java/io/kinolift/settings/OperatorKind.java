package io.kinolift.settings;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/**
 * One kind of operator: its names, its settings and its plan. {@link OperatorKinds} derives everything else, so that a
 * new kind is a class like this, a line there, a stage and a kernel.
 */
interface OperatorKind {
    /** What {@code kinolift.operator} calls it, in lower case. */
    List<String> names();

    /** All that it takes. A setting of another kind cannot be given with it. */
    SettingList settings();

    /**
     * The plan of the operator with these settings.
     *
     * @throws ConfigException naming the setting, for values that do not go together or a file that cannot be used
     */
    OperatorPlan plan(KinoliftConfig config);

    /** What it has in place of a setting that it does not take; empty where there is nothing to say. */
    default String insteadOf(Setting<?> setting) {
        return "";
    }
}
