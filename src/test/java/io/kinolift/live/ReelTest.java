package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures of frames that refer to others, for the page; groups have twelve frames. */
class ReelTest {
    private static final int FRAMES = 48;

    @TempDir
    private static Path folder;

    /** What browsers are shown of each frame, by its sequence. */
    static Map<Long, byte[]> pictures(List<EncodedFrame> frames) throws Exception {
        Map<Long, byte[]> pictures = new HashMap<>();
        try (StreamDecoder decoder = new StreamDecoder(DecoderLimits.DEFAULT, true)) {
            frames.forEach(decoder::add);
            decoder.end();
            for (Outcome next = decoder.next(); next != null; next = decoder.next()) {
                Shown shown = (Shown) next;
                pictures.put(
                        shown.frame().sequence(),
                        Viewable.encode(shown.frame().format(), shown.picture()).bytes());
                shown.free();
            }
        }
        assertThat(pictures).hasSize(frames.size());
        return pictures;
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "H264_PLAIN", "HEVC_OPEN", "VP9", "AV1"})
    void eachFrame_inTheOrderOfDisplay_isShownAsItIs(Kind kind) throws Exception {
        List<EncodedFrame> frames = CodedClips.frames(CodedClips.make(folder, kind, FRAMES), "s");
        Map<Long, byte[]> right = pictures(frames);
        List<EncodedFrame> shown = new ArrayList<>(frames);
        shown.sort(Comparator.comparingLong(EncodedFrame::pts));
        try (Reel reel = new Reel(true)) {
            int added = 0;
            for (int i = 0; i < FRAMES; i++) {
                EncodedFrame wanted = shown.get(i);
                // As many as have come when a window is worked on: no fewer than those up to the frame itself.
                while (added < FRAMES && (added <= wanted.sequence() || added < i + 5)) {
                    reel.add(frames.get(added++));
                }
                for (int times = 0; times < 2; times++) {
                    assertThat(Viewable.of(wanted, reel).bytes())
                            .as("picture %s", i)
                            .isEqualTo(right.get(wanted.sequence()));
                }
            }
            assertThat(Viewable.of(shown.get(FRAMES - 8), reel).bytes())
                    .as("an earlier one")
                    .isEqualTo(right.get(shown.get(FRAMES - 8).sequence()));
        }
    }

    /** Its frames have the numbers of those before, and refer to others. */
    @Test
    void whereTheSessionBeginsAnew_picturesAreThoseOfItsFrames() throws Exception {
        List<EncodedFrame> frames = CodedClips.frames(CodedClips.make(folder, Kind.H264_PLAIN, FRAMES), "s");
        Map<Long, byte[]> right = pictures(frames);
        try (Reel reel = new Reel(false)) {
            frames.subList(0, 6).forEach(reel::add);
            assertThat(Viewable.of(frames.get(5), reel).bytes()).isEqualTo(right.get(5L));
            List<EncodedFrame> anew =
                    frames.subList(24, 32).stream().map(ReelTest::from24).toList();
            anew.forEach(reel::add);
            assertThat(Viewable.of(anew.get(7), reel).bytes()).isEqualTo(right.get(31L));
            assertThat(Viewable.of(anew.get(5), reel).bytes()).isEqualTo(right.get(29L));
        }
    }

    private static EncodedFrame from24(EncodedFrame frame) {
        return new EncodedFrame(
                frame.streamId(),
                frame.session(),
                frame.sequence() - 24,
                frame.pts(),
                frame.dts(),
                frame.duration(),
                frame.timeBase(),
                frame.format(),
                frame.keyFrame(),
                false,
                frame.captureMicros(),
                frame.payload());
    }

    @Test
    void whatReferredToMissingFrames_isNotShown() throws Exception {
        List<EncodedFrame> frames = CodedClips.frames(CodedClips.make(folder, Kind.H264_PLAIN, FRAMES), "s");
        try (Reel reel = new Reel(false)) {
            frames.subList(3, 10).forEach(reel::add);
            assertThat(Viewable.of(frames.get(9), reel).bytes()).isEmpty();
            frames.subList(11, 20).forEach(reel::add);
            assertThat(Viewable.of(frames.get(11), reel).bytes()).isEmpty();
            assertThat(Viewable.of(frames.get(19), reel).bytes())
                    .isEqualTo(pictures(frames).get(19L));
            assertThat(Viewable.of(frames.get(30), reel).bytes())
                    .as("never added")
                    .isEmpty();
        }
    }

    /** Nobody has asked for a frame before. */
    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "HEVC_OPEN"})
    void aFrameThatIsShownBeforeItsKeyFrame_isDecodedWithTheGroupBefore(Kind kind) throws Exception {
        List<EncodedFrame> frames = CodedClips.frames(CodedClips.make(folder, kind, FRAMES), "s");
        Map<Long, byte[]> right = pictures(frames);
        int leading = 0;
        EncodedFrame key = frames.getFirst();
        for (EncodedFrame frame : frames) {
            key = frame.keyFrame() ? frame : key;
            if (frame.pts() < key.pts()) {
                leading++;
                try (Reel reel = new Reel(true)) {
                    frames.subList(0, (int) frame.sequence() + 1).forEach(reel::add);
                    assertThat(Viewable.of(frame, reel).bytes())
                            .as("frame %s", frame.sequence())
                            .isEqualTo(right.get(frame.sequence()));
                }
            }
        }
        assertThat(leading).isPositive();
    }

    @Test
    void twoGroupsAreKept() throws Exception {
        List<EncodedFrame> frames = CodedClips.frames(CodedClips.make(folder, Kind.H264_PLAIN, FRAMES), "s");
        try (Reel reel = new Reel(false)) {
            frames.forEach(reel::add);
            assertThat(Viewable.of(frames.get(23), reel).bytes()).isEmpty();
            assertThat(Viewable.of(frames.get(24), reel).bytes()).isNotEmpty();
        }
    }
}
