package io.kinolift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSummaryTest {
    @TempDir
    private Path folder;

    @Test
    void addsUpTheReportsOfAllFolders() throws Exception {
        Path unit = report("unit/TEST-a.xml", "tests=\"5\" errors=\"1\" skipped=\"1\" failures=\"1\"");
        report("unit/TEST-b.xml", "tests=\"10\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        Path broker = report("broker/TEST-c.xml", "tests=\"3\" errors=\"0\" skipped=\"2\" failures=\"0\"");
        report("broker/failsafe-summary.xml", "tests=\"100\"");
        assertThat(TestSummary.count(List.of(unit, broker, folder.resolve("absent"))))
                .isEqualTo("13 passed, 2 failed, 3 skipped");
    }

    /** Returns the report's folder. */
    private Path report(String name, String attributes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<testsuite name=\"a\" " + attributes + "><testcase name=\"b\"/></testsuite>\n");
        return file.getParent();
    }
}
