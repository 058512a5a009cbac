package io.kinolift.settings;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/**
 * One kind of operator: its names, its settings and its plan. {@link OperatorKinds} derives everything else, so that a
 * new kind is a class like this, a line there, a stage and a kernel.
 */
interface OperatorKind {
    /** Its values of {@code kinolift.operator}, in lower case. */
    List<String> names();

    /** All settings that it takes. A setting of another kind cannot be given with it. */
    SettingList settings();

    /**
     * The plan of the operator with these settings.
     *
     * @throws ConfigException naming the setting, for values that do not go together or a file that cannot be used
     */
    OperatorPlan plan(KinoliftConfig config);

    /** Names the setting to use instead of one that it does not take; empty if there is none. */
    default String insteadOf(Setting<?> setting) {
        return "";
    }
}
