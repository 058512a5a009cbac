package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every command says what it is, how it ends, and how it is used; and what it says can be typed. */
class HelpTest {
    private static final int WIDTH = 80;
    private static final Pattern BLOCK = Pattern.compile("```\\w*\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private static Stream<String> commands() {
        return Kinolift.wholeCommandLine().getSubcommands().keySet().stream();
    }

    private static CommandLine command(String name) {
        return Kinolift.wholeCommandLine().getSubcommands().get(name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examples_canBeTyped(String name) {
        UsageMessageSpec usage = command(name).getCommandSpec().usageMessage();
        assertThat(usage.footer()).isNotEmpty();
        for (String example : usage.footer()) {
            String line =
                    example.strip().replaceAll(".*\\((kinolift .*)\\)", "$1").replaceAll(" > .*", "");
            assertThat(line).startsWith("kinolift " + name);
            List<String> words = Arrays.asList(line.split(" "));
            assertThatCode(() -> Kinolift.wholeCommandLine()
                            .setCaseInsensitiveEnumValuesAllowed(true)
                            .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
                    .as(line)
                    .doesNotThrowAnyException();
        }
    }

    private static Stream<Path> documents() throws IOException {
        return Stream.of(Path.of("."), Path.of("src/doc"), Path.of("deploy"))
                .flatMap(folder -> Arrays.stream(folder.toFile().listFiles((_, name) -> name.endsWith(".md"))))
                .map(File::toPath);
    }

    /** Lines of a document's examples that are commands; shells' own words around them are left out. */
    private static List<String> commands(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .flatMap(block -> block.group(1).replaceAll("\\\\\n\\s*", " ").lines())
                .map(line -> line.strip().replaceAll(" +[#|>&].*", ""))
                .filter(line -> line.startsWith("kinolift ") && !line.contains("..."))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commandsOfDocuments_canBeTyped(Path document) throws IOException {
        for (String line : commands(document)) {
            String[] words = line.replace("'", "").split(" +", -1);
            assertThatCode(() -> Kinolift.wholeCommandLine()
                            .setCaseInsensitiveEnumValuesAllowed(true)
                            .parseArgs(Arrays.copyOfRange(words, 1, words.length)))
                    .as(line)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void documentsHaveCommands() throws IOException {
        assertThat(commands(Path.of("src/doc/streams.md"))).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void exitCodes_areSaid(String name) {
        assertThat(command(name).getCommandSpec().usageMessage().exitCodeList())
                .containsKey("0")
                .hasSizeGreaterThan(1);
        assertThat(CommandLineProgram.run(name, "--help").output()).contains("Exit codes:", "Examples:");
    }

    @Test
    void listOfCommands_hasEachOnceAndFitsATerminal() {
        String help = CommandLineProgram.run("--help").output();
        commands().forEach(name -> assertThat(help).containsOnlyOnce("\n  " + name + " "));
        assertThat(help.lines()).allMatch(line -> line.length() <= WIDTH + 5);
        assertThat(help).containsSubsequence("Files:", "Streams:", "ingest", "Checks and repairs:", "reset");
    }

    @Test
    void twoOperators_areRefused() {
        assertThat(CommandLineProgram.run("upscale", "a.mp4", "b.mp4", "--mode", "nearest", "--operator", "bicubic")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void completion_knowsCommandsAndOptions() throws Exception {
        CommandLineProgram.Outcome outcome = CommandLineProgram.run("completion", "--write", folder.toString());
        assertThat(outcome.code()).as(outcome.output()).isZero();
        Path bash = folder.resolve("bash-completion/completions/kinolift");
        Process check = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source \"$0\"; COMP_WORDS=(kinolift ingest --rec); COMP_CWORD=2; "
                                + "_complete_kinolift; echo \"${COMPREPLY[@]}\"",
                        bash.toString())
                // Outside a shell that completes, bash says so.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo("--reconnect");
        assertThat(check.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("zsh/site-functions/_kinolift")).content().startsWith("#compdef kinolift\n");
        assertThat(folder.resolve("fish/vendor_completions.d/kinolift.fish"))
                .content()
                .contains("-a ingest -d", "-n '__fish_seen_subcommand_from ingest' -l reconnect -r");
        commands()
                .forEach(name -> assertThat(folder.resolve("man/man1/kinolift-" + name + ".1"))
                        .content()
                        .contains(".SH NAME", ".SH OPTIONS", ".SH \"EXIT STATUS\"", ".SH EXAMPLES"));
        assertThat(Files.readString(folder.resolve("man/man1/kinolift.1"))).contains(".BR kinolift\\-ingest (1)");
    }
}
