package io.kinolift.cli;

/** For tests of what calls the command line program with fixed arguments. */
public final class Arguments {
    private Arguments() {}

    /**
     * Reads arguments as the program does, and does nothing.
     *
     * @throws picocli.CommandLine.ParameterException naming the argument that the command does not take
     */
    public static void parse(String... arguments) {
        Kinolift.wholeCommandLine().setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    }
}
