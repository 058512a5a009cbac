package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {
    @Test
    void aDiskThatIsNearlyFullIsAProblemInOneLine() {
        Path folder = Path.of("state");
        assertThat(DiskSpace.problem(folder, 40L << 20)).isNull();
        assertThat(DiskSpace.problem(folder, (40L << 20) - 1))
                .startsWith("the disk of the temporary folder state is full: 39 MiB left, 40 needed")
                .doesNotContain("\n");
    }
}
