package io.kinolift.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.kernel.interpolate.ScalarInterpolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of fixed cases must be the same at every vector width. */
class GoldenTest {
    @ParameterizedTest
    @EnumSource
    void scalarLoopsGiveTheGoldenBytes(GoldenCase golden) {
        assertThat(golden.found(new ScalarInterpolation())).isEqualTo(golden.expected());
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {128, 256, 512})
    void vectorLoopsGiveTheGoldenBytes(int bits) throws IOException, InterruptedException {
        List<String> found = VectorJvm.lines(GoldenCase.class, bits);
        int widest = Integer.parseInt(found.getFirst().substring("widest ".length()));
        assumeTrue(bits <= widest, () -> "vectors of this machine have " + widest + " bits, not " + bits);
        List<String> expected = new ArrayList<>(List.of("lanes " + bits / Integer.SIZE));
        for (GoldenCase golden : GoldenCase.values()) {
            expected.add(golden + " " + golden.expected());
        }
        assertThat(found.subList(1, found.size())).isEqualTo(expected);
    }
}
