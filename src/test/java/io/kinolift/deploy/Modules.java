package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

/** Modules of the JDK: those that classes refer to, and those that a release brings along. */
final class Modules {
    private static final Path OPTIONS = Path.of("src/main/dist/jlink.options");

    private Modules() {}

    /** What jlink is told to take. */
    static Set<String> listed() throws IOException {
        Set<String> modules = new TreeSet<>();
        List<String> lines = Files.readAllLines(OPTIONS);
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i - 1).equals("--add-modules")) {
                modules.addAll(Arrays.asList(lines.get(i).split(",")));
            }
        }
        return modules;
    }

    /** What the classes in a folder refer to, as jdeps sees it; classes that are not there are left out. */
    static Set<String> referredToBy(Path classes) {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int code = jdeps.run(
                writer, writer, "--print-module-deps", "--ignore-missing-deps", "--no-recursive", classes.toString());
        assertThat(code).as(output.toString()).isZero();
        return new TreeSet<>(Arrays.asList(output.toString().strip().split(",")));
    }
}
