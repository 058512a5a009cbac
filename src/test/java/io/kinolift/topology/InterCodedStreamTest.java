package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Shown;
import io.kinolift.wire.FrameRecords;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inter-coded streams come out of the topology as FFmpeg itself shows them. */
class InterCodedStreamTest {
    private static final int FRAMES = 60;

    @TempDir
    private Path folder;

    static String md5(VideoFrame frame) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(FrameRecords.bytes(frame.getPayload())));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static List<Shown> shown(List<VideoFrame> output) {
        long first = output.isEmpty() ? 0 : output.getFirst().getPts();
        return output.stream()
                .filter(frame -> !frame.getEndOfStream())
                .map(frame -> new Shown(frame.getPts() - first, md5(frame)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(CodedClips.Kind.class)
    void pictures_areThoseThatFfmpegShows(CodedClips.Kind kind) throws VideoException {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        assertThat(frames).hasSize(FRAMES);
        List<Shown> shown = CodedClips.shown(clip);
        for (String window : List.of("1", "7", "100")) {
            try (TopologyFixture topology = new TopologyFixture("scale.factor", "1,1,1", "window.size", window)) {
                frames.forEach(topology::send);
                topology.end("a", 0, frames.size());
                assertThat(topology.deadLetters()).isEmpty();
                assertThat(shown(topology.output())).as("windows of %s", window).isEqualTo(shown);
            }
        }
    }
}
