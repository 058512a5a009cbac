package io.kinolift.settings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.types.Password;

/**
 * The one declaration of a setting: its name, type, default, bounds and text, and what follows from it. Kafka's
 * {@link ConfigDef}, the groups' settings, the fingerprint, the command line and the table are derived from it.
 *
 * @param <T> of its value
 */
public final class Setting<T> {
    /** The prefix of all our settings' names. */
    public static final String PREFIX = "kinolift.";

    /** Properties of a setting. */
    enum Trait {
        /** A group of streams may have a value of its own. */
        PER_STREAM,
        /** A group of input topics may have a value of its own. */
        PER_TOPIC,
        /** Another value gives other pictures or times, so it is part of the fingerprint. */
        SHAPES_OUTPUT
    }

    /** On the command line. */
    public record Option(List<String> names, String label, String text) {}

    private final Declaration<T> declared;
    private final Set<Trait> traits;

    private Setting(Declaration<T> declared, Set<Trait> traits) {
        this.declared = declared;
        this.traits = traits;
    }

    static Declaration<String> ofString(String name, String usual) {
        return new Declaration<>(name, ConfigDef.Type.STRING, String.class, usual);
    }

    static Declaration<Integer> ofInt(String name, int usual) {
        return new Declaration<>(name, ConfigDef.Type.INT, Integer.class, usual);
    }

    static Declaration<Long> ofLong(String name, long usual) {
        return new Declaration<>(name, ConfigDef.Type.LONG, Long.class, usual);
    }

    static Declaration<Double> ofDouble(String name, double usual) {
        return new Declaration<>(name, ConfigDef.Type.DOUBLE, Double.class, usual);
    }

    static Declaration<Boolean> ofBoolean(String name, boolean usual) {
        return new Declaration<>(name, ConfigDef.Type.BOOLEAN, Boolean.class, usual);
    }

    /** Never shown, and by default empty. */
    static Declaration<Password> ofSecret(String name) {
        return new Declaration<>(name, ConfigDef.Type.PASSWORD, Password.class, new Password(""));
    }

    public String name() {
        return declared.name;
    }

    /** The default as text, also that of a secret. */
    public String usualText() {
        return declared.usual instanceof Password password ? password.value() : declared.usual.toString();
    }

    public String text() {
        return declared.text;
    }

    public boolean isSecret() {
        return declared.type == ConfigDef.Type.PASSWORD;
    }

    public boolean isSwitch() {
        return declared.type == ConfigDef.Type.BOOLEAN;
    }

    /** Its option, named after it: {@code --window-size} for {@code kinolift.window.size}. */
    public Optional<Option> option() {
        return Optional.ofNullable(declared.option);
    }

    T usual() {
        return declared.usual;
    }

    /** Every value it may have, in lower case; empty where the set is not closed. */
    List<String> choices() {
        return declared.choices;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether a value that a group has for this one puts aside the value that another has for all. */
    boolean putsAside(Setting<?> other) {
        return declared.putAside.contains(other) || other.declared.putAsideBy.contains(this);
    }

    /** The value as Kafka has parsed it, and one of a closed set in lower case, however the user wrote it. */
    T value(Object parsed) {
        Object value = declared.choices.isEmpty() ? parsed : lowerCase(parsed.toString());
        return declared.javaType.cast(value);
    }

    static String lowerCase(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    void define(ConfigDef definition) {
        definition.define(
                declared.name,
                declared.type,
                declared.usual instanceof Password password ? password.value() : declared.usual,
                declared.validator,
                declared.importance,
                declared.text);
    }

    @Override
    public String toString() {
        return declared.name;
    }

    /** A setting before {@link SettingList#declare} has made it. */
    static final class Declaration<T> {
        private final String name;
        private final ConfigDef.Type type;
        private final Class<T> javaType;
        private final T usual;
        private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
        private final List<Setting<?>> putAside = new ArrayList<>();
        private final List<Setting<?>> putAsideBy = new ArrayList<>();
        private List<String> choices = List.of();
        private ConfigDef.Validator validator;
        private Importance importance = Importance.LOW;
        private String text = "";
        private Option option;

        private Declaration(String name, ConfigDef.Type type, Class<T> javaType, T usual) {
            this.name = name;
            this.type = type;
            this.javaType = javaType;
            this.usual = usual;
        }

        /** A closed set, in lower case. */
        Declaration<T> choices(String... values) {
            choices = List.of(values);
            validator = CaseInsensitiveValidString.in(values);
            return this;
        }

        Declaration<T> valid(ConfigDef.Validator bounds) {
            validator = bounds;
            return this;
        }

        Declaration<T> importance(Importance value) {
            importance = value;
            return this;
        }

        /** Its text in the table. */
        Declaration<T> text(String value) {
            text = value;
            return this;
        }

        Declaration<T> with(Trait trait) {
            traits.add(trait);
            return this;
        }

        /** A group that has this one for itself does not take the other's value for all. */
        Declaration<T> putsAside(Setting<?> other) {
            putAside.add(other);
            return this;
        }

        /** A group that has the other one for itself does not take this one's value for all. */
        Declaration<T> putAsideBy(Setting<?> other) {
            putAsideBy.add(other);
            return this;
        }

        /** @param more names beside the one that follows from the setting's */
        Declaration<T> option(String label, String description, String... more) {
            List<String> names = new ArrayList<>();
            names.add("--" + name.substring(PREFIX.length()).replace('.', '-'));
            names.addAll(List.of(more));
            option = new Option(List.copyOf(names), label, description);
            return this;
        }

        Setting<T> make(Set<Trait> usualTraits) {
            Set<Trait> all = EnumSet.copyOf(traits);
            all.addAll(usualTraits);
            return new Setting<>(this, all);
        }
    }
}
