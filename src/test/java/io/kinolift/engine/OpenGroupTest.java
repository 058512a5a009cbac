package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.GroupDecoder;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.video.CodedClips;
import io.kinolift.window.DecodeOrder;
import io.kinolift.window.SourceFrame;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group whose decoder has told all that it had holds no native memory but its pictures. */
class OpenGroupTest {
    private static final int FRAMES = 12;
    private static final int DAMAGED = 7;

    @TempDir
    private Path folder;

    private List<EncodedFrame> frames;
    private GroupDecoder used;

    @BeforeEach
    void make() throws VideoException {
        frames = CodedClips.frames(CodedClips.make(folder, CodedClips.Kind.H264_OPEN, FRAMES), "a");
    }

    @Test
    void atTheEnd_theDecoderIsClosed_andItsDelayIsRemembered() throws FrameCodecException {
        try (OpenGroup group = group()) {
            decode(group, FRAMES - 1, this::send);
            assertClosed(group);
            assertThat(group.delay()).isPositive();
        }
    }

    /** It is kept for what it knows of the frames behind the damage. */
    @Test
    void behindDamage_theDecoderIsClosed() throws FrameCodecException {
        OpenGroup.Sender damaging = (decoder, frame) -> {
            if (frame.offset() == DAMAGED) {
                throw new FrameCodecException(FrameCodecException.Reason.UNDECODABLE, "damaged");
            }
            send(decoder, frame);
        };
        try (OpenGroup group = group()) {
            decode(group, FRAMES - 1, damaging);
            assertThat(group.isUseful()).isTrue();
            assertThat(group.failure(FRAMES - 1)).hasMessageContaining("damaged");
            assertClosed(group);
        }
    }

    /** Nobody can be asked whether a decoder is closed, but then it has no context. */
    private void assertClosed(OpenGroup group) {
        assertThatNullPointerException().isThrownBy(used::delay);
        group.forgetBefore(Long.MAX_VALUE);
        assertThat(group.bytes()).isZero();
    }

    private OpenGroup group() throws FrameCodecException {
        return new OpenGroup(frames.getFirst().format(), 0, 0, DecoderLimits.DEFAULT);
    }

    private void decode(OpenGroup group, long sequence, OpenGroup.Sender sender) {
        Picture picture = group.decode(sequence, Long.MIN_VALUE, new Order(frames), true, sender);
        if (picture != null) {
            picture.close();
        }
    }

    private void send(GroupDecoder decoder, SourceFrame frame) throws FrameCodecException {
        used = decoder;
        decoder.send(frame.frame().sequence(), frame.frame().payload());
    }

    /** One group, all of it there. */
    private record Order(List<EncodedFrame> frames) implements DecodeOrder {
        @Override
        public long start(long index) {
            return 0;
        }

        @Override
        public long startOffset(long index) {
            return 0;
        }

        @Override
        public long end() {
            return frames.size();
        }

        @Override
        public long next(long sequence) {
            return sequence;
        }

        @Override
        public SourceFrame at(long sequence) {
            return new SourceFrame(frames.get((int) sequence), "t", 0, sequence);
        }
    }
}
