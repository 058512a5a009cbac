package io.kinolift.settings;

import io.kinolift.settings.Setting.Trait;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of one subject in the order of the table. A setting is added where it is declared, so that there is no
 * second list that could lack it.
 */
final class SettingList implements Iterable<Setting<?>> {
    private final List<Setting<?>> settings = new ArrayList<>();
    private final Set<Trait> traits;

    /** @param traits that every setting declared in it has */
    SettingList(Trait... traits) {
        this.traits = Set.of(traits);
    }

    /** The settings of an operator shape its pictures and may differ between groups of streams. */
    static SettingList ofOperator() {
        return new SettingList(Trait.PER_STREAM, Trait.SHAPES_OUTPUT);
    }

    <T> Setting<T> declare(Setting.Declaration<T> declaration) {
        Setting<T> setting = declaration.make(traits);
        settings.add(setting);
        return setting;
    }

    /** Adds a setting that is declared elsewhere, for several lists. */
    SettingList take(Setting<?> setting) {
        settings.add(setting);
        return this;
    }

    boolean contains(Setting<?> setting) {
        return settings.contains(setting);
    }

    Stream<Setting<?>> stream() {
        return settings.stream();
    }

    @Override
    public Iterator<Setting<?>> iterator() {
        return stream().iterator();
    }
}
