package io.kinolift.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileFaultTest {
    @Test
    void aMissingFile_isSaidToBeMissing() {
        for (Map<String, String> settings : List.of(
                Map.of("kinolift.operator", "conv-transpose3d", "kinolift.weights", "/nowhere/w.safetensors"),
                Map.of("kinolift.operator", "onnx", "kinolift.model", "/nowhere/w.safetensors"))) {
            assertThatThrownBy(() -> Plans.streams(new KinoliftConfig(settings), _ -> {}))
                    .hasMessageEndingWith("found: no file at /nowhere/w.safetensors");
        }
    }

    @Test
    void otherReasons_areNeverABareName() {
        assertThat(FileFault.text(new AccessDeniedException("w"))).isEqualTo("no right to use w");
        assertThat(FileFault.text(new FileSystemException("w", null, "No space left on device")))
                .isEqualTo("No space left on device: w");
        assertThat(FileFault.text(new IOException("a disk error"))).isEqualTo("a disk error");
        assertThat(FileFault.text(new IOException())).isEqualTo("IOException");
    }
}
