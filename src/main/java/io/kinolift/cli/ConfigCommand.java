package io.kinolift.cli;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.StreamGroups;
import io.kinolift.settings.TopicGroups;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the settings and their meaning, or their effective values and where they come from. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        footer = {"  kinolift config", "  kinolift config --explain --config kinolift.properties"},
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_USAGE},
        description = {
            "Prints all settings.",
            "Prints all settings as a Markdown table; with --explain, the values that run would have with the same file, environment and options, and where each comes from."
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Option(names = "--explain", description = "print effective values, secrets hidden")
    private boolean explain;

    @Override
    public Integer call() {
        if (!explain) {
            System.out.print(KinoliftConfig.markdownTable());
            return 0;
        }
        EffectiveSettings settings = options.known(System.getenv());
        KinoliftConfig config = new KinoliftConfig(settings.ours());
        StreamGroups.of(config);
        TopicGroups.of(config);
        System.out.print(settings.explain());
        return 0;
    }
}
