package io.kinolift.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Completion of the command line in shells, and manual pages. */
@Command(
        name = CompletionCommand.NAME,
        mixinStandardHelpOptions = true,
        footer = {
            "  source <(kinolift completion bash)",
            "  kinolift completion zsh > ~/.zfunc/_kinolift",
            "  kinolift completion fish > ~/.config/fish/completions/kinolift.fish"
        },
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_USAGE},
        description = {
            "Prints a script that completes commands and options in a shell.",
            "The distribution has these, and manual pages, in its folder share."
        })
final class CompletionCommand implements Callable<Integer> {
    static final String NAME = "completion";
    private static final String PROGRAM = "kinolift";

    /** Shells with scripts. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(index = "0", paramLabel = "SHELL", arity = "0..1", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "write all scripts and manual pages into a folder, as packages have them in share")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        if ((shell == null) == (folder == null)) {
            throw new UsageException("expected a shell (bash, zsh or fish) or --write DIR, found "
                    + (shell == null ? "neither" : "both"));
        }
        CommandLine all = Kinolift.wholeCommandLine();
        if (folder == null) {
            System.out.print(script(shell, all));
            return ExitCodes.DONE;
        }
        write("bash-completion/completions/kinolift", script(Shell.BASH, all));
        write("zsh/site-functions/_kinolift", script(Shell.ZSH, all));
        write("fish/vendor_completions.d/kinolift.fish", script(Shell.FISH, all));
        write("man/man1/kinolift.1", ManPage.of(all));
        for (CommandLine command : all.getSubcommands().values()) {
            write("man/man1/kinolift-" + command.getCommandName() + ".1", ManPage.of(command));
        }
        return ExitCodes.DONE;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String script(Shell shell, CommandLine all) {
        return switch (shell) {
            case BASH -> AutoComplete.bash(PROGRAM, all);
            // The script for bash knows both; zsh wants to be told whose it is.
            case ZSH -> "#compdef " + PROGRAM + "\n" + AutoComplete.bash(PROGRAM, all);
            case FISH -> FishCompletion.of(PROGRAM, all);
        };
    }
}
