package io.kinolift.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Rational;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobTest {
    private static Job job(String in, String out) {
        return new Job(
                VideoShape.parse(in), VideoShape.parse(out), Codec.JPEG, Codec.JPEG, "trilinear", 8, 100, Map.of());
    }

    @Test
    void factors_areExact() {
        Job job = job("640x480@30000/1001", "1920x1200@60000/1001");
        assertThat(job.factor()).isEqualTo(Rational.of(2));
        assertThat(job.scaleFactor()).isEqualTo("2,5/2,3");
    }

    @Test
    void bounds_followFromTheSettings() {
        assertThat(Bounds.of(job("640x480@30", "640x480@30")).haloAfter()).isZero();
        Bounds bounds = Bounds.of(job("640x480@30", "640x480@60"));
        assertThat(bounds.haloAfter()).isEqualTo(1);
        // JPEG keeps no encoders.
        assertThat(bounds.encoderBytes()).isZero();
        assertThat(bounds.cacheBytes()).isEqualTo((256L + 64) << 20);
        Job other = new Job(
                VideoShape.parse("64x48@10"),
                VideoShape.parse("64x48@20"),
                Codec.H264,
                Codec.H264,
                "nearest",
                8,
                100,
                Map.of("kinolift.max.streams", "7", "kinolift.encoder.cache.bytes", "1000"));
        bounds = Bounds.of(other);
        assertThat(bounds.haloAfter()).isZero();
        assertThat(bounds.maxStreams()).isEqualTo(7);
        assertThat(bounds.encoderBytes()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "640x480", "640@30", "x@", "640x480@", "-1x2@3", "640x480@abc", "640x480@30x"})
    void whatIsNoShape_isRefused(String text) {
        assertThatThrownBy(() -> VideoShape.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected WIDTHxHEIGHT@RATE such as 960x540@30, found " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x480@30", "640x0@30", "640x480@0"})
    void nothing_isNoShape(String text) {
        assertThatThrownBy(() -> VideoShape.parse(text)).hasMessageContaining("expected a width, a height and a rate");
    }

    @Test
    void smallerOutputs_areRefused() {
        assertThatThrownBy(() -> job("640x480@30", "320x240@30"))
                .hasMessage("expected an output at least as large and as fast as 640x480@30, found 320x240@30");
        assertThatThrownBy(() -> job("640x480@30", "640x480@15")).hasMessageContaining("found 640x480@15");
    }
}
