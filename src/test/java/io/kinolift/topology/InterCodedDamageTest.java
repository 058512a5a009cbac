package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import io.kinolift.video.CodedClips.Shown;
import io.kinolift.wire.FrameRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of a damaged stream, nothing is shown that the undamaged one does not show. */
class InterCodedDamageTest {
    private static final int FRAMES = 60;
    private static final int GROUP = 12;
    /** Of each sort, for each kind of clip. {@code -Dkinolift.damages=17} makes two hundred and four in all. */
    private static final int DAMAGES = Integer.getInteger("kinolift.damages", 3);

    @TempDir
    private Path folder;

    /** How a record is damaged. */
    private enum Damage {
        LOST,
        BITS_FLIPPED
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "H264_PLAIN", "H264_SLICES", "HEVC_OPEN", "VP9", "AV1"})
    void noPictureIsWrong(Kind kind) throws VideoException {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        Set<Shown> right = new HashSet<>(CodedClips.shown(clip));
        long first = frames.getFirst().pts();
        for (Damage damage : Damage.values()) {
            int given = 0;
            for (int seed = 0; seed < DAMAGES; seed++) {
                List<VideoFrame> output = output(frames, damage, new Random(seed));
                assertThat(output)
                        .as("%s, seed %d", damage, seed)
                        .allMatch(frame ->
                                right.contains(new Shown(frame.getPts() - first, InterCodedStreamTest.md5(frame))));
                given += output.size();
            }
            // A damage costs at most its own group and what is shown before the next key frame.
            assertThat(given).isBetween(DAMAGES * (FRAMES - 2 * GROUP), DAMAGES * FRAMES - DAMAGES);
        }
    }

    private static List<VideoFrame> output(List<EncodedFrame> frames, Damage damage, Random random) {
        int damaged = random.nextInt(frames.size());
        try (TopologyFixture topology = new TopologyFixture("scale.factor", "1,1,1", "window.size", "8")) {
            for (EncodedFrame frame : frames) {
                if (frame.sequence() == damaged) {
                    damage(frame, damage, random).forEach(record -> topology.sendBytes("a", record));
                } else {
                    topology.send(frame);
                }
            }
            topology.end("a", 0, frames.size());
            List<VideoFrame> output = new ArrayList<>(topology.output());
            VideoFrame end = output.removeLast();
            TopologyFixture.assertBalanced(end.getTotals());
            assertThat(end.getTotals().getEmitted()).isEqualTo(output.size());
            return output;
        }
    }

    private static List<byte[]> damage(EncodedFrame frame, Damage damage, Random random) {
        byte[] payload = frame.payloadBytes();
        return switch (damage) {
            case LOST -> List.of();
            case BITS_FLIPPED -> {
                byte[] record = FrameRecords.write(frame);
                flip(record, record.length - payload.length, random);
                yield List.of(record);
            }
        };
    }

    private static void flip(byte[] bytes, int from, Random random) {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            int bit = random.nextInt(8 * (bytes.length - from));
            bytes[from + bit / 8] ^= (byte) (1 << bit % 8);
        }
    }
}
