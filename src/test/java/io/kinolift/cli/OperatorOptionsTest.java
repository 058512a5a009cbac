package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Setting;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OperatorOptionsTest {
    @Command
    private static final class Program {
        @Mixin
        private final OperatorOptions options = new OperatorOptions();
    }

    private static Map<String, String> parsed(String... arguments) {
        Program program = new Program();
        new CommandLine(program).parseArgs(arguments);
        return program.options.settings();
    }

    @Test
    void everyDeclaredOption_isItsSetting() {
        assertThat(parsed()).isEmpty();
        for (Setting<?> setting : KinoliftConfig.SETTINGS) {
            setting.option()
                    .ifPresent(option -> option.names()
                            .forEach(name -> assertThat(setting.isSwitch() ? parsed(name) : parsed(name, "true"))
                                    .isEqualTo(Map.of(setting.name(), "true"))));
        }
    }

    @Test
    void anOption_isNamedAfterItsSetting() {
        Map<String, String> expected = new HashMap<>(Map.of("kinolift.scale.factor", "1,2,2"));
        assertThat(parsed("--scale-factor", "1,2,2")).isEqualTo(expected);
        expected.put("kinolift.operator", "bicubic");
        expected.put("kinolift.align.corners", "true");
        assertThat(parsed("--mode", "bicubic", "--align-corners", "--scale-factor=1,2,2"))
                .isEqualTo(expected);
    }
}
