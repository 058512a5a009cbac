package io.kinolift.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A text that is another one wherever pictures or their times are. Parts that an operator has resolved, such as the hash
 * of its weights, stand for the settings that they come from. {@link #complete} adds every other setting that shapes
 * output and has another value than its default: none can be forgotten, and a new setting leaves the text of a running
 * stream as it is.
 *
 * @param told the settings that the parts stand for
 */
record Fingerprint(List<String> parts, Set<Setting<?>> told) {
    Fingerprint {
        parts = List.copyOf(parts);
        told = Set.copyOf(told);
    }

    /** Begins with the operator's name. */
    static Fingerprint of(KinoliftConfig config) {
        return new Fingerprint(List.of(), Set.of()).values(config, OperatorKinds.OPERATOR);
    }

    /** The values of settings as they are. */
    Fingerprint values(KinoliftConfig config, Setting<?>... settings) {
        Fingerprint all = this;
        for (Setting<?> setting : settings) {
            all = all.resolved(config.get(setting).toString(), setting);
        }
        return all;
    }

    /** @param settings all that the part comes from */
    Fingerprint resolved(String part, Setting<?>... settings) {
        List<String> more = new ArrayList<>(parts);
        more.add(part);
        return new Fingerprint(more, told).without(settings);
    }

    /** What has no part of its own, because the other parts stand for it or it has no effect. */
    Fingerprint without(Setting<?>... settings) {
        Set<Setting<?>> more = new HashSet<>(told);
        more.addAll(List.of(settings));
        return new Fingerprint(parts, more);
    }

    Fingerprint complete(KinoliftConfig config, Iterable<Setting<?>> settings) {
        Fingerprint all = this;
        for (Setting<?> setting : settings) {
            Object value = config.get(setting);
            if (setting.has(Setting.Trait.SHAPES_OUTPUT) && !told.contains(setting) && !value.equals(setting.usual())) {
                all = all.resolved(setting.name() + "=" + value, setting);
            }
        }
        return all;
    }

    String text() {
        return String.join(" ", parts);
    }
}
