package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class LogTextTest {
    @Test
    void aLineStaysOne_ofBoundedLength_andMovesNoCursor() {
        assertThat(LogText.line("gate\n\u001b[2J\u202egnp")).isEqualTo("gate\\u000a\\u001b[2J\\u202egnp");
        assertThat(LogText.line("x".repeat(32_768))).hasSizeLessThan(16_100);
    }

    @Test
    void anErrorSoNamesAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a\u001b[31m\u202e.safetensors"), "nothing");
        PrintStream console = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Kinolift.execute("inspect", file.toString())).isNotZero();
        } finally {
            System.setErr(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("\\u001b[31m")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }
}
