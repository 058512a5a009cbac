package io.kinolift.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A text that changes if pictures or their times change. Parts that an operator has resolved, such as the hash of its
 * weights, stand for the settings that they come from. {@link #complete} adds every other setting that shapes output
 * and differs from its default. So no setting can be forgotten, and a new setting does not change the text of a running
 * stream.
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

    /** Adds the values of settings, unresolved. */
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

    /** Leaves out settings that have no effect, or that other parts stand for. */
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
