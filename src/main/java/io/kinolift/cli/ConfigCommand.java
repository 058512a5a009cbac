package io.kinolift.cli;

import io.kinolift.runtime.KinoliftConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The settings and what they mean. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Prints all settings as a Markdown table.")
final class ConfigCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.out.print(KinoliftConfig.markdownTable());
        return 0;
    }
}
