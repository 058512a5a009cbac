package io.kinolift.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures in a file, and reports and plots of them. */
class FiguresFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("figures.json");
        FiguresFile.write(Given.figures(), file);
    }

    @Test
    void aFile_isReadAsItWasWritten() throws Exception {
        assertThat(FiguresFile.read(file)).isEqualTo(Given.figures());
    }

    @Test
    void aDamagedFile_isRefusedWithThePlace() throws Exception {
        String text = Files.readString(file);
        assertRefused(
                text.replace("\"perStream\"", "\"other\""), "expected a number of at least 0 at /memory/perStream");
        assertRefused(text.replace("\"a CPU\"", "7"), "expected a text at /machine/cpu, found 7 in " + file);
        assertRefused(text.replace("2026-11-30", "tomorrow"), "tomorrow");
        assertRefused(text.replace("JPEG".toLowerCase(java.util.Locale.ROOT), "gif"), "GIF");
        assertRefused("{", "expected JSON in " + file);
        assertRefused("", "/machine/cpu");
    }

    private void assertRefused(String text, String message) throws Exception {
        Files.writeString(file, text);
        assertThatThrownBy(() -> FiguresFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aReport_saysEveryFigureAndAssumption() throws Exception {
        Model model = new Model(Given.figures(), Given.cluster());
        Estimate estimate = model.of(100);
        SimulationResult simulation = Simulation.run(Scenario.of(model, estimate, 60, 20), 1);
        SizeReport report =
                new SizeReport(model, estimate, Growth.of(model, estimate).first(), simulation);
        String text = String.join("\n", report.lines());
        assertThat(text)
                .contains("instances", "cores", "memory", "MB/s in", "changelogs", "an hour", "killed instance")
                .contains("first meets its limit at " + report.first().streams() + " streams")
                .contains("measured", "assumed", "99 % within", "session.timeout.ms of 45 s")
                .contains("required by a start", "`run` refuses it", "kinolift.native.memory.bytes", "transaction");
        assertThat(SizeJson.of(report))
                .contains(
                        "\"instances\":" + estimate.instances(),
                        "\"firstLimit\"",
                        "\"startRequires\"",
                        "\"lostInTransaction\"");
        Path plot = folder.resolve("plot.png");
        SizePlot.write(report, plot);
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(1200);
    }

    @Test
    void otherBytes_takeThePlaceOfThoseMeasured() {
        Figures other = Given.figures().withBytes(3000.0, null);
        assertThat(other.bytes()).isEqualTo(new Figures.Bytes(3000, 2000, Given.changelog(1500), 100, 3000));
        assertThatThrownBy(() -> Given.figures().withBytes(null, 0.0))
                .hasMessage("expected bytes of frames above 0, found 1000.0 and 0.0");
    }
}
