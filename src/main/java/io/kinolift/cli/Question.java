package io.kinolift.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;
import picocli.CommandLine.Option;

/** Asks before something is deleted. */
final class Question {
    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    /**
     * Whether it may be done.
     *
     * @param what one line for each thing that will be done
     */
    boolean isAnsweredYes(List<String> what) {
        what.forEach(line -> System.out.println("  " + LogText.line(line)));
        if (yes) {
            return true;
        }
        System.out.print("This cannot be undone. Go on? (yes or no) ");
        System.out.flush();
        Scanner answers = new Scanner(System.in, StandardCharsets.UTF_8);
        String answer = answers.hasNextLine() ? answers.nextLine().strip() : "";
        if (!answer.equalsIgnoreCase("yes") && !answer.equalsIgnoreCase("y")) {
            System.out.println("Nothing was deleted" + (answer.isEmpty() ? " (--yes does not ask)" : ""));
            return false;
        }
        return true;
    }
}
