package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that begins anew after its end. Groups have twelve frames. */
class DisplayOrderTest {
    private static final int FRAMES = 24;

    @TempDir
    private static Path folder;

    private static List<EncodedFrame> frames;

    private final DisplayOrder order = new DisplayOrder();
    private final List<Long> shown = new ArrayList<>();

    @BeforeAll
    static void make() throws VideoException {
        frames = CodedClips.frames(CodedClips.make(folder, Kind.H264_PLAIN, FRAMES), "s");
    }

    @AfterEach
    void close() {
        order.close();
    }

    private void addRun(boolean restarts) {
        for (EncodedFrame frame : frames) {
            boolean first = frame.sequence() == 0;
            order.add(new StreamReader.Picture(frame, "frames-0@0", false, first && restarts, null));
        }
        order.add(new StreamReader.End(FRAMES, null));
    }

    private void take() {
        for (StreamReader.Entry entry = order.next(); entry != null; entry = order.next()) {
            if (entry instanceof StreamReader.Picture picture) {
                shown.add(picture.frame().sequence());
            } else {
                assertThat(entry).isInstanceOf(StreamReader.End.class);
            }
            DisplayOrder.free(entry);
        }
    }

    @Test
    void bothRunsAreShown() {
        addRun(false);
        addRun(true);
        take();
        assertThat(shown).hasSize(2 * FRAMES);
        assertThat(shown.subList(FRAMES, 2 * FRAMES)).isEqualTo(shown.subList(0, FRAMES));
    }

    /** The beginning of the new run is not decoded. */
    @Test
    void ofTheNewRun_aLaterFrameIsFound() {
        addRun(false);
        take();
        shown.clear();
        order.seek(frame -> frame.sequence() >= 14);
        addRun(true);
        take();
        // The key frame's group of the two that are held is decoded for the sake of what is sought.
        assertThat(shown).endsWith(LongStream.range(14, FRAMES).boxed().toArray(Long[]::new));
    }
}
