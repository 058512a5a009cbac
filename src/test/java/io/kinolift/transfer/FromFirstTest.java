package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames of ten ticks. */
class FromFirstTest {
    private static final FrameFormat FORMAT =
            new FrameFormat(Codec.RAW, PixelFormat.GRAY8, 2, 2, Rational.ONE, Colour.UNSPECIFIED);

    private final List<Long> times = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();
    private final FromFirst fromFirst =
            new FromFirst((frame, _) -> times.add(frame.pts()), (_, _, _, startMicros) -> starts.add(startMicros));

    private void add(long session, long sequence, boolean marked) throws TransferException {
        EncodedFrame frame = new EncodedFrame(
                "s",
                session,
                sequence,
                5000 + 10 * sequence,
                10,
                Rational.of(1, 1000),
                FORMAT,
                true,
                marked,
                0,
                new byte[4]);
        fromFirst.frame(frame, null);
    }

    private void addThree() throws TransferException {
        for (int sequence = 0; sequence < 3; sequence++) {
            add(0, sequence, false);
        }
    }

    @Test
    void timesOfTheNextSession_goOn() throws Exception {
        addThree();
        add(1, 0, false);
        add(1, 1, false);
        assertThat(times).containsExactly(0L, 10L, 20L, 30L, 40L);
        assertThat(starts).containsExactly(0L, 30_000L);
    }

    @Test
    void timesOfASessionThatBeginsAnew_goOn() throws Exception {
        addThree();
        fromFirst.restart();
        addThree();
        assertThat(times).containsExactly(0L, 10L, 20L, 30L, 40L, 50L);
        assertThat(starts).containsExactly(0L, 30_000L);
    }

    /** Its first frames may be left out. */
    @Test
    void aSessionThatBeginsAnew_mayBeginWithAnyFrame() throws Exception {
        addThree();
        fromFirst.restart();
        add(0, 1, false);
        add(0, 2, false);
        assertThat(times).containsExactly(0L, 10L, 20L, 30L, 40L);
    }

    @Test
    void aMarkOnFrame0_isARestart_ifLaterFramesHaveCome() throws Exception {
        add(0, 0, true);
        add(0, 0, true);
        add(0, 1, false);
        add(0, 0, true);
        assertThat(times).containsExactly(0L, 0L, 10L, 20L);
    }

    @Test
    void aFrameThatIsSentAgain_isNoRestart() throws Exception {
        addThree();
        add(0, 0, false);
        assertThat(times).containsExactly(0L, 10L, 20L, 0L);
    }
}
