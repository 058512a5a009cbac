package io.kinolift.cli;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.Setting;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** What is done to frames: an option for every setting that declares one. */
final class OperatorOptions {
    private final Map<String, String> settings = new HashMap<>();

    @Spec(Spec.Target.SELF)
    void declareOptions(CommandSpec command) {
        for (Setting<?> setting : KinoliftConfig.SETTINGS) {
            setting.option().ifPresent(option -> command.addOption(spec(setting, option)));
        }
    }

    private OptionSpec spec(Setting<?> setting, Setting.Option option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new))
                .description(option.text())
                .type(setting.isSwitch() ? boolean.class : String.class)
                .setter(new ISetter() {
                    @Override
                    public <T> T set(T value) {
                        // Before parsing it is null, so that a command line used twice forgets the first time.
                        settings.compute(setting.name(), (_, _) -> value == null ? null : value.toString());
                        return value;
                    }
                });
        return (setting.isSwitch() ? builder.arity("0") : builder.paramLabel(option.label())).build();
    }

    Map<String, String> settings() {
        return settings;
    }

    int threads() {
        int threads = new KinoliftConfig(settings).get(LimitSettings.THREADS);
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
