package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules, their tests and the runbook. That their metrics exist is seen where the application runs: LiveServerIT. */
class MonitoringTest {
    private static final Path FOLDER = Path.of("deploy/monitoring");

    @Test
    void theRulesPassTheirTests() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "promtool is not installed");
        promtool("check", "rules", FOLDER.resolve("alerts.yml").toString());
        promtool(
                "check",
                "config",
                "--syntax-only",
                FOLDER.resolve("prometheus.yml").toString());
        promtool("test", "rules", FOLDER.resolve("alerts-test.yml").toString());
    }

    @Test
    void everyAlertIsTestedAndInTheRunbook() throws Exception {
        String tests = Files.readString(FOLDER.resolve("alerts-test.yml"));
        List<String> headings = Files.readString(Path.of("deploy/RUNBOOK.md"))
                .lines()
                .filter(line -> line.startsWith("## Kinolift"))
                .map(line -> line.substring(3))
                .toList();
        assertThat(Queries.alerts())
                .containsExactlyInAnyOrderElementsOf(headings)
                .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert + "\n        exp_alerts:"));
    }

    @Test
    void namesAreFoundInQueries() {
        assertThat(Queries.metrics("sum by (job, stream) (rate(a_total{job=\"kinolift\", x=~\"b\"}[5m])) / c_sum > 3"))
                .containsExactly("a_total", "c_sum");
        assertThat(Queries.metrics("kinolift:x == 0 and max_over_time(kinolift:x[1h]) > 0 or vector(0)"))
                .containsExactly("kinolift:x");
        assertThat(Queries.metrics("sum((a_total > 0) or (b_total{} unless b_total{} offset 10m))"))
                .containsExactly("a_total", "b_total");
    }

    private static void promtool(String... arguments) throws Exception {
        Podman.execute(
                        Duration.ofMinutes(2),
                        Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                                .toList())
                .orFail();
    }
}
