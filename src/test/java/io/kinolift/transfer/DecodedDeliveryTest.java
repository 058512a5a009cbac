package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodedDeliveryTest {
    private static final FrameFormat FORMAT =
            new FrameFormat(Codec.H264, PixelFormat.GRAY8, 2, 2, Rational.ONE, Colour.UNSPECIFIED);

    private final List<Integer> freed = new ArrayList<>();

    private Outcome shown(int number) {
        EncodedFrame frame =
                new EncodedFrame("s", 0, number, number, 1, Rational.of(1, 25), FORMAT, true, false, 0, new byte[4]);
        return new Shown(frame, new Picture(PixelFormat.GRAY8, 2, 2, List.of(), () -> freed.add(number)), false);
    }

    /** Such as one whose disk is full. A picture that it got is its own. */
    @Test
    void whenTheSinkFails_allOtherPicturesAreFreed() {
        List<Long> progress = new ArrayList<>();
        Collect.Sink sink = (frame, picture) -> {
            picture.close();
            if (frame.sequence() == 2) {
                throw new TransferException("no space left");
            }
        };
        try (CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT);
                DecodedDelivery delivery =
                        new DecodedDelivery(codecs, 1, false, sink, progress::add, frame -> frame.sequence() > 0)) {
            List<Outcome> outcomes = List.of(shown(0), shown(1), shown(2), shown(3), shown(4));
            assertThatThrownBy(() -> delivery.deliver(outcomes)).hasMessage("no space left");
        }
        assertThat(freed).containsExactly(0, 1, 2, 3, 4);
        assertThat(progress).containsExactly(1L);
    }
}
