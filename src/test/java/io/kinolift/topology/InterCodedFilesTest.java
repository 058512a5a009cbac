package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.Footage;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.transfer.source.Playback;
import io.kinolift.transfer.source.Stop;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Shown;
import io.kinolift.video.PictureSource;
import io.kinolift.video.SoundChoice;
import io.kinolift.video.Source;
import io.kinolift.video.TimedPicture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of people's cameras and programs, passed on as they are: what comes out is what FFmpeg shows. */
@EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
class InterCodedFilesTest {
    private static final int LARGEST_RECORD = 1 << 23;

    private static List<Shown> shown(Path file) throws VideoException {
        List<EncodedFrame> frames = CodedClips.frames(file, "a");
        try (TopologyFixture topology = new TopologyFixture(LARGEST_RECORD, "scale.factor", "1,1,1")) {
            frames.forEach(topology::send);
            topology.end("a", 0, frames.size());
            assertThat(topology.deadLetters()).isEmpty();
            return InterCodedStreamTest.shown(topology.output());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h264_vfr_hole.mp4",
                "nasa_rotated.mp4",
                "phone_hdr10_1080p_10bit_vfr.mp4",
                "single_frame.mp4",
                "vp9_177x145_420.webm"
            })
    void awkwardFiles(String name) throws VideoException {
        Path file = Footage.awkward(name);
        assertThat(shown(file)).isEqualTo(CodedClips.shown(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plant_240p.mp4", "rooftop_360p.mp4", "asl_walk_480p.mkv", "person_432p10.mp4"})
    void footage(String name) throws VideoException {
        Path file = Footage.clip(name);
        assertThat(shown(file)).isEqualTo(CodedClips.shown(file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    h264_576i_bff_mbaff.mp4; expected progressive pictures for --frame-codec copy, found interlaced ones
                    h264_annexb_bframes_no_pts.264; expected a container with times for --frame-codec copy, found a raw stream
                    mjpeg_422_480p.avi; expected H.264, HEVC, VP9 or AV1 for --frame-codec copy, found mjpeg
                    ffv1_gray_33x17.mkv; expected H.264, HEVC, VP9 or AV1 for --frame-codec copy, found ffv1
                    """)
    void whatCannotBePassedOn_isRefused(String name, String message) {
        Path file = Footage.awkward(name);
        assertThatThrownBy(() -> CodedClips.frames(file, "a"))
                .isInstanceOf(VideoException.class)
                .hasMessage(file + ": " + message);
    }

    /** The first picture of the transport stream is damaged, and it has no other key frame: FFmpeg shows 96 wrong pictures. */
    @ParameterizedTest
    @CsvSource({"bitflips.ts, 0", "trunc.mkv, 25"})
    void damagedFiles(String name, int whole) throws VideoException {
        Path file = Footage.awkward(name);
        List<EncodedFrame> frames = CodedClips.frames(file, "a");
        try (TopologyFixture topology = new TopologyFixture(LARGEST_RECORD, "scale.factor", "1,1,1")) {
            frames.forEach(topology::send);
            topology.end("a", 0, frames.size());
            List<String> right = CodedClips.shown(file).stream().map(Shown::md5).toList();
            List<Shown> came = InterCodedStreamTest.shown(topology.output());
            assertThat(came).hasSize(whole).allMatch(each -> right.contains(each.md5()));
            assertThat(topology.deadLetters()).hasSize(frames.size() - whole);
        }
    }

    /** As ingest opens a file: on one clock, which must not take reordered pictures for a clock that goes back. */
    @ParameterizedTest
    @ValueSource(strings = {"asl_walk_480p.mkv", "cactusflower_720p.mkv", "plant_240p.mp4"})
    void playedTwice_timesRiseAndNothingIsMarkedButTheSecondPass(String name) throws VideoException {
        Source source = Source.of(Footage.clip(name).toString());
        Playback twice = new Playback(false, 2, Duration.ZERO, Duration.ZERO, null);
        List<String> told = new ArrayList<>();
        List<TimedPicture> pictures = new ArrayList<>();
        try (PictureSource played = twice.openCoded(source, SoundChoice.NONE, new Stop(), told::add)) {
            for (TimedPicture next = played.next(); next != null; next = played.next()) {
                pictures.add(next);
            }
        }
        assertThat(told).isEmpty();
        assertThat(pictures.stream().map(TimedPicture::order)).isSorted().doesNotHaveDuplicates();
        assertThat(pictures.stream().map(TimedPicture::pts)).doesNotHaveDuplicates();
        List<Integer> marked = IntStream.range(0, pictures.size())
                .filter(i -> pictures.get(i).discontinuity())
                .boxed()
                .toList();
        assertThat(marked).containsExactly(pictures.size() / 2);
        long lastOfFirst = pictures.subList(0, pictures.size() / 2).stream()
                .mapToLong(TimedPicture::pts)
                .max()
                .orElseThrow();
        assertThat(pictures.get(pictures.size() / 2).pts()).isGreaterThan(lastOfFirst);
    }
}
