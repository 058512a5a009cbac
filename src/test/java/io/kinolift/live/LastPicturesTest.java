package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.topology.StreamEvent;
import io.kinolift.topology.Tally;
import io.kinolift.wire.WrittenFrame;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastPicturesTest {
    private static final int MIB = 1 << 20;
    private final LastPictures pictures = new LastPictures();

    private static Tally tally(String stream) {
        return new Tally(stream, 0, "frames", 0, 0, 1, Map.of(), 0, 0, Map.of());
    }

    private byte[] output(String stream, long sequence, int bytes) {
        FrameFormat format = new FrameFormat(Codec.JPEG, PixelFormat.YUV420P, 64, 64, Rational.ONE, Colour.UNSPECIFIED);
        byte[] payload = new byte[bytes];
        EncodedFrame frame = TestFrames.withPayload(stream, sequence, format, payload);
        pictures.told(new StreamEvent.FrameUpscaled(tally(stream), new WrittenFrame(frame, payload, null, 0), null));
        return payload;
    }

    private void end(String stream) {
        pictures.told(new StreamEvent.StreamEnded(tally(stream), 1, new byte[0]));
    }

    private int size(String stream) throws Exception {
        return pictures.picture(stream).bytes().length;
    }

    @Test
    void theLastOutput_isKept_afterTheEndToo() throws Exception {
        output("a", 0, 10);
        output("a", 1, 20);
        assertThat(size("a")).isEqualTo(20);
        end("a");
        assertThat(size("a")).isEqualTo(20);
        output("a", 2, 30);
        assertThat(size("a")).isEqualTo(30);
        assertThat(size("nobody")).isZero();
    }

    @Test
    void streamsThatRun_doNotPushOutThoseThatHaveEnded() throws Exception {
        output("ended", 0, 8 * MIB);
        end("ended");
        for (int i = 0; i < 10; i++) {
            output("runs-" + i, 0, 8 * MIB);
        }
        assertThat(size("ended")).isEqualTo(8 * MIB);
        assertThat(size("runs-0")).as("the oldest of those that run").isZero();
        assertThat(size("runs-9")).isEqualTo(8 * MIB);
    }

    @Test
    void thereIsABound_forAllAndForOne() throws Exception {
        for (int i = 0; i < 10; i++) {
            output("s" + i, 0, 8 * MIB);
            end("s" + i);
        }
        assertThat(size("s5")).isZero();
        assertThat(size("s6")).isEqualTo(8 * MIB);
        output("large", 0, 17 * MIB);
        assertThat(size("large")).isZero();
    }

    @Test
    void anExpiredStream_isForgotten() throws Exception {
        output("a", 0, 10);
        end("a");
        pictures.told(new StreamEvent.StreamExpired(tally("a")));
        assertThat(size("a")).isZero();
    }
}
