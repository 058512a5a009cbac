package io.kinolift.upscale;

import io.kinolift.codec.AvPictures;
import io.kinolift.codec.TestPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.ScalarInterpolation;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The scalar result, frozen: a change of rounding or of the order of operations is seen, whatever else agrees with it. */
class GoldenTest {
    private static final int WIDTH = 37;
    private static final int HEIGHT = 23;

    @ParameterizedTest
    @CsvSource({
        "TRILINEAR, HALF_PIXEL, 2, 2, YUV420P, ebaeaffa2ad64d69d425a9835e89d9dfd2f2e984feb769dacb47bf40678907d0",
        "TRILINEAR, SOURCE, 2, 2, NV12, 54210484761151c850f983fadd488171ad4d4def1bf44017e4470aacd1995bfd",
        "TRILINEAR, HALF_PIXEL, 5/2, 3/2, YUV420P, e24246e77386ec1726d18eeb36bae01df7451b1ddb4a9944dd6d6af04b020275",
        "BILINEAR, HALF_PIXEL, 1, 1.15, RGB24, fc822cc9b2e8df2b94d6b33491d9be32bbd5b294a61ed3407083864d7c71d006",
        "NEAREST, HALF_PIXEL, 3, 3, GRAY8, e96902e8b609033f327d0bf0c88e82e269d582ab7f4cda32ce8aeef6e70daa2f",
        "BICUBIC, HALF_PIXEL, 2, 2, YUV444P, cbc760ed7ec70a2b3954fb4ac86d918947504b0c75ee8d7e1a20b0aa8ad7dcb6"
    })
    void scalarResult(
            Mode mode, TemporalGrid grid, String time, String space, PixelFormat format, String expected)
            throws Exception {
        Rational factor = Rational.parse(space);
        BoundOperator operator = new InterpolationOperator(
                new Interpolation(
                        mode, Rational.parse(time), new SpatialTarget.Factors(factor, factor), false, grid),
                new ScalarInterpolation()).bind(format, WIDTH, HEIGHT);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Picture first = TestPictures.noise(format, WIDTH, HEIGHT, 1);
                Picture second = TestPictures.noise(format, WIDTH, HEIGHT, 2)) {
            List<Picture> inputs = List.of(first, second);
            long outputs = Rational.parse(time).floorOfProduct(inputs.size());
            for (long output = 0; output < outputs; output++) {
                try (Picture out = new AvPictures().allocate(
                        format, operator.outputWidth(), operator.outputHeight())) {
                    operator.upscale(output, new Two(inputs), out, 0, 1);
                    digest.update(TestPictures.samples(out));
                }
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(expected);
    }

    private record Two(List<Picture> pictures) implements InputFrames {
        @Override
        public long first() {
            return 0;
        }

        @Override
        public long last() {
            return 1;
        }

        @Override
        public Picture at(long index) {
            return pictures.get((int) index);
        }
    }
}
