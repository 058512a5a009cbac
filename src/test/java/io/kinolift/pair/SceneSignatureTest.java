package io.kinolift.pair;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Footage;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoReader;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneSignatureTest {
    /** The default of {@code kinolift.scene.cut}. */
    private static final double THRESHOLD = 0.4;
    /** The true cuts of the clips, found by eye: the first frame of each new shot. */
    private static final Map<String, List<Integer>> CUTS = Map.of("tears_of_steel_332p.webm", List.of(52, 122, 158));

    private static final List<String> CLIPS = List.of(
            "asl_walk_480p.mkv",
            "blocks_720p.mp4",
            "cactusflower_720p.mkv",
            "cars_432p12.mp4",
            "cockatoo_720p20.mp4",
            "coffee_720p.mp4",
            "flower_540p.mp4",
            "friday_480p_bw.mp4",
            "person_432p10.mp4",
            "plant_240p.mp4",
            "rooftop_360p.mp4",
            "tears_of_steel_332p.webm");

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void likePictures_areNearAndOthersFar(PixelFormat format) {
        try (Picture scene = TestPictures.noise(format, 64, 36, 1);
                Picture other = TestPictures.noise(format, 64, 36, 2)) {
            assertThat(distance(scene, scene)).isZero();
            assertThat(distance(scene, other)).isGreaterThan(0.8).isEqualTo(distance(other, scene));
        }
    }

    @Test
    void flashNoiseAndFade_areNoCuts_blackAndNegativeAre() {
        Random grain = new Random(7);
        assertThat(changed(v -> Math.min(255, v / 2 + 60))).isLessThan(THRESHOLD);
        assertThat(changed(v -> v / 2)).isLessThan(THRESHOLD);
        assertThat(changed(v -> Math.clamp(v + grain.nextInt(41) - 20, 0, 255))).isLessThan(0.1);
        assertThat(changed(v -> v * 9 / 10)).isLessThan(0.05);
        assertThat(changed(_ -> 16)).isGreaterThan(0.9);
        assertThat(changed(v -> 255 - v)).isGreaterThan(1.5);
    }

    /** In pictures without shapes, brightness alone decides, and a small change of it does not count. */
    @Test
    void flatPictures_areToldApartByMuchBrightness() {
        assertThat(flat(0, 255)).isGreaterThan(0.9);
        assertThat(flat(100, 160)).isGreaterThan(THRESHOLD);
        assertThat(flat(100, 116)).isLessThan(THRESHOLD);
    }

    private static double flat(int before, int after) {
        try (Picture a = TestPictures.noise(PixelFormat.GRAY8, 64, 36, 1);
                Picture b = TestPictures.noise(PixelFormat.GRAY8, 64, 36, 1)) {
            a.plane(0).data().fill((byte) before);
            b.plane(0).data().fill((byte) after);
            return distance(a, b);
        }
    }

    /** The distance between a picture and the same picture with every luma sample changed. */
    private static double changed(IntUnaryOperator change) {
        try (Picture scene = TestPictures.noise(PixelFormat.GRAY8, 64, 36, 5);
                Picture later = TestPictures.noise(PixelFormat.GRAY8, 64, 36, 5)) {
            Plane plane = later.plane(0);
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    long at = y * plane.stride() + x;
                    int value = Byte.toUnsignedInt(plane.data().get(ValueLayout.JAVA_BYTE, at));
                    plane.data().set(ValueLayout.JAVA_BYTE, at, (byte) change.applyAsInt(value));
                }
            }
            return distance(scene, later);
        }
    }

    private static double distance(Picture a, Picture b) {
        return SceneSignature.of(a).distance(SceneSignature.of(b));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void realClips_haveTheirTrueCutsAndNoOthers_andEverySpliceIsOne() throws Exception {
        Map<String, List<SceneSignature>> clips = new LinkedHashMap<>();
        for (String clip : CLIPS) {
            List<SceneSignature> signatures = signatures(clip);
            assertThat(cuts(signatures)).as(clip).isEqualTo(CUTS.getOrDefault(clip, List.of()));
            clips.put(clip, signatures);
        }
        clips.forEach((first, before) -> clips.forEach((second, after) -> {
            if (!first.equals(second)) {
                assertThat(before.getLast().distance(after.getFirst()))
                        .as("%s, then %s", first, second)
                        .isGreaterThan(THRESHOLD);
            }
        }));
    }

    private static List<Integer> cuts(List<SceneSignature> signatures) {
        List<Integer> cuts = new ArrayList<>();
        for (int i = 1; i < signatures.size(); i++) {
            if (signatures.get(i - 1).distance(signatures.get(i)) > THRESHOLD) {
                cuts.add(i);
            }
        }
        return cuts;
    }

    private static List<SceneSignature> signatures(String clip) throws VideoException {
        List<SceneSignature> signatures = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(Footage.clip(clip).toString(), ReaderLimits.DEFAULT)) {
            for (TimedPicture frame = reader.next(); frame != null; frame = reader.next()) {
                try (Picture picture = frame.picture()) {
                    signatures.add(SceneSignature.of(picture));
                }
            }
        }
        return signatures;
    }
}
