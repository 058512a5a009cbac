package io.kinolift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** Prints one line of how many tests passed, by the reports of Surefire and Failsafe: {@code mvn -q} says nothing. */
public final class TestSummary {
    /** Phases of Maven by which the tests of Failsafe have run; without a goal the build goes on to "verify". */
    private static final List<String> LATER = List.of("integration-test", "verify", "install", "deploy", "[]");

    private TestSummary() {}

    /**
     * Prints how many tests ran and how they ended.
     *
     * @param args "unit" or "all", for which tests have run; Maven's goals, as "goals=[test]"; target
     */
    public static void main(String[] args) throws Exception {
        boolean moreFollow = args[0].equals("unit") && LATER.stream().anyMatch(args[1]::contains);
        if (!moreFollow) {
            Path target = Path.of(args[2]);
            System.out.println(count(List.of(target.resolve("surefire-reports"), target.resolve("failsafe-reports"))));
        }
    }

    static String count(List<Path> folders) throws Exception {
        int tests = 0;
        int failed = 0;
        int skipped = 0;
        for (Path report : reports(folders)) {
            Element suite = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            tests += number(suite, "tests");
            failed += number(suite, "failures") + number(suite, "errors");
            skipped += number(suite, "skipped");
        }
        return tests - failed - skipped + " passed, " + failed + " failed, " + skipped + " skipped";
    }

    private static int number(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    private static List<Path> reports(List<Path> folders) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }
}
