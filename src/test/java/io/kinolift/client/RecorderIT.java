package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.avro.VideoFrame;
import io.kinolift.client.ClientTopics.Got;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.bytedeco.javacv.FrameRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frames that programs have been seen to record, through a real broker. */
class RecorderIT {
    @RegisterExtension
    private static final ClientTopics topics = new ClientTopics();

    @Test
    void sixteenBits_ofAnyStride() throws Exception {
        Frame grey = FrameBytes.shorts(33, 17, 1, 40, 1);
        Frame colour = FrameBytes.shorts(33, 17, 3, 99, 2);
        try (KafkaFrameRecorder recorder = topics.recorder("sixteen")) {
            recorder.record(grey);
            recorder.record(colour);
        }
        List<Got> got = topics.grab("sixteen", ImageMode.RAW);
        assertThat(got.get(0).frame().imageDepth).isEqualTo(Frame.DEPTH_USHORT);
        assertThat(got.get(0).frame().imageChannels).isEqualTo(1);
        assertThat(got.get(0).bytes()).isEqualTo(FrameBytes.of(grey, 1));
        try (KafkaFrameGrabber grabber = topics.grabber("sixteen", ImageMode.COLOR)) {
            grabber.setPixelFormat(avutil.AV_PIX_FMT_BGR48LE);
            grabber.start();
            grabber.grab();
            assertThat(FrameBytes.of(grabber.grab(), 3)).isEqualTo(FrameBytes.of(colour, 3));
        }
    }

    /** A program fills one frame again and again; so does a grabber. */
    @Test
    void aFrameThatIsUsedAgain_isSentAsItWas() throws Exception {
        List<byte[]> sent = new ArrayList<>();
        Frame frame = FrameBytes.bytes(64, 48, 3, 192, 0);
        try (KafkaFrameRecorder recorder = topics.recorder("used-again")) {
            for (int i = 0; i < 30; i++) {
                ((ByteBuffer) frame.image[0]).put(0, FrameBytes.all(FrameBytes.bytes(64, 48, 3, 192, i)));
                sent.add(FrameBytes.of(frame, 3));
                recorder.record(frame);
            }
        }
        List<Got> got = topics.grab("used-again", ImageMode.COLOR);
        assertThat(got).hasSize(30);
        for (int i = 0; i < 30; i++) {
            assertThat(got.get(i).bytes()).as("frame %d", i).isEqualTo(sent.get(i));
            assertThat(got.get(i).timestamp()).isEqualTo(40_000L * i);
        }
    }

    /** From a grabber of ours to a recorder of ours, RAW: all planes and the colour go along. */
    @Test
    void aRelay_keepsAllPlanes() throws Exception {
        byte[] planes = new byte[16 * 8 * 3 / 2];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) (16 + i);
        }
        try (KafkaFrameRecorder recorder = topics.recorder("relay-in")) {
            recorder.setAspectRatio(4 / 3.0);
            recorder.recordImage(16, 8, Frame.DEPTH_UBYTE, 1, 0, avutil.AV_PIX_FMT_YUV420P, ByteBuffer.wrap(planes));
        }
        assertThat(topics.records("relay-in").getFirst().getSampleAspectNumerator())
                .isEqualTo(4);
        try (KafkaFrameGrabber grabber = topics.grabber("relay-in", ImageMode.RAW);
                KafkaFrameRecorder recorder = topics.recorder("relay-out")) {
            grabber.start();
            assertThat(grabber.getAspectRatio()).isEqualTo(4 / 3.0, within(1e-9));
            recorder.record(grabber.grab());
        }
        assertThat(topics.grab("relay-out", ImageMode.RAW).getFirst().bytes()).isEqualTo(planes);
        VideoFrame in = topics.records("relay-in").getFirst();
        VideoFrame out = topics.records("relay-out").getFirst();
        assertThat(out.getPixelFormat()).isEqualTo(in.getPixelFormat());
        assertThat(out.getSampleAspectNumerator()).isEqualTo(4);
        assertThat(out.getColourMatrix()).isEqualTo(in.getColourMatrix());
    }

    @Test
    void framesOfSoundOnly_areIgnoredAndCounted() throws Exception {
        Frame sound = new Frame();
        sound.samples = new Buffer[] {FloatBuffer.allocate(1024)};
        sound.sampleRate = 48_000;
        sound.audioChannels = 1;
        sound.timestamp = 999_000;
        try (KafkaFrameRecorder recorder = topics.recorder("sound")) {
            recorder.setTimestamp(999_000);
            recorder.record(sound);
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1));
            recorder.record(sound);
            recorder.record(null);
            recorder.record(new Frame());
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 2));
            assertThat(recorder.getIgnoredFrames()).isEqualTo(3);
            assertThat(recorder.getFrameNumber()).isEqualTo(2);
        }
        assertThat(topics.grab("sound", ImageMode.COLOR).stream().map(Got::timestamp))
                .containsExactly(0L, 40_000L);
    }

    /** A recorder that ended without a word: the next session follows at once. */
    @Test
    void aSessionWithoutAnEnd_isFollowedByTheNext() throws Exception {
        KafkaFrameRecorder killed = topics.recorder("killed");
        killed.record(FrameBytes.bytes(8, 8, 3, 24, 1));
        killed.flush();
        try (KafkaFrameRecorder next = new KafkaFrameRecorder(topics.servers(), "killed")) {
            next.setOption("session", Long.toString(killed.getSession() + 1));
            next.start();
            next.record(FrameBytes.bytes(8, 8, 3, 24, 2));
        }
        List<Got> got = topics.grab("killed", ImageMode.COLOR);
        killed.stop();
        assertThat(got.stream().map(one -> one.origin().discontinuity())).containsExactly(false, true);
    }

    @Test
    void noFrames_noStart_andAllTwice() throws Exception {
        KafkaFrameRecorder never = new KafkaFrameRecorder(topics.servers(), "never");
        assertThatThrownBy(() -> never.record(FrameBytes.bytes(8, 8, 3, 24, 1)))
                .isInstanceOf(FrameRecorder.Exception.class)
                .hasMessage("expected start() before record(), found it not called");
        never.flush();
        never.stop();
        never.release();
        never.close();
        KafkaFrameGrabber idle = new KafkaFrameGrabber(topics.servers(), "never");
        assertThatThrownBy(idle::grab)
                .isInstanceOf(FrameGrabber.Exception.class)
                .hasMessageStartingWith("expected start()");
        idle.stop();
        idle.release();
        idle.close();

        topics.recorder("empty").close();
        assertThat(topics.records("never")).isEmpty();
        assertThat(topics.records("empty")).hasSize(1).allMatch(VideoFrame::getEndOfStream);
        try (KafkaFrameGrabber grabber = topics.grabber("empty", ImageMode.COLOR)) {
            grabber.start();
            assertThat(grabber.grab()).isNull();
            assertThat(grabber.getMetadata("frames")).isEqualTo("0");
        }
    }

    /** Neither a frame that is no picture nor one that its codec cannot hold ends the stream. */
    @Test
    void aFrameThatCannotBe_isAnErrorOfItsOwn() throws Exception {
        try (KafkaFrameRecorder recorder = topics.recorder("refused", "jpeg")) {
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1));
            assertThatThrownBy(() -> recorder.record(FrameBytes.shorts(8, 8, 1, 8, 1)))
                    .isInstanceOf(FrameRecorder.Exception.class)
                    .hasMessageContaining("for codec JPEG, found GRAY16 (codec FFV1 holds it)");
            assertThatThrownBy(() -> recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1), avutil.AV_PIX_FMT_YUV444P))
                    .hasMessageContaining("expected at least");
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 2));
            assertThat(recorder.getFrameNumber()).isEqualTo(2);
        }
        assertThat(topics.records("refused").getLast().getSequence()).isEqualTo(2);
    }

    @Test
    void aPictureThatTheTopicDoesNotTake_endsTheRunWithoutAnEnd() throws Exception {
        topics.create("small", 20_000);
        KafkaFrameRecorder recorder =
                new KafkaFrameRecorder("kafka://" + topics.servers() + "/large?topic=small&codec=raw");
        recorder.start();
        recorder.record(FrameBytes.bytes(64, 64, 3, 192, 1));
        recorder.flush();
        // Sending is asynchronous: the call that sent it may already see that it failed.
        assertThatThrownBy(() -> {
                    recorder.record(FrameBytes.bytes(100, 100, 3, 300, 1));
                    recorder.flush();
                })
                .isInstanceOf(FrameRecorder.Exception.class)
                .hasMessageContaining("expected at most 20000 bytes (max.message.bytes of topic small)")
                .hasMessageContaining("found 3");
        assertThatThrownBy(() -> recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1)))
                .hasMessageContaining("max.message.bytes");
        assertThatThrownBy(recorder::stop).hasMessageContaining("max.message.bytes");
        recorder.close();
        try (KafkaFrameGrabber grabber = new KafkaFrameGrabber("kafka://" + topics.servers() + "/large?topic=small")) {
            grabber.setTimeout(4_000);
            grabber.start();
            assertThat(grabber.grab()).isNotNull();
            assertThatThrownBy(grabber::grab)
                    .isInstanceOf(FrameGrabber.Exception.class)
                    .hasMessage("expected a frame or the end of stream \"large\" on small within 4000 ms, found none");
        }
    }

    @Test
    void anotherSize_byTheGrabberAndByTheRecorder() throws Exception {
        try (KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "resized", 40, 30)) {
            recorder.setOption("resize", "on");
            recorder.setFrameRate(25);
            recorder.start();
            recorder.record(FrameBytes.bytes(64, 48, 3, 192, 1));
            recorder.record(FrameBytes.bytes(40, 30, 3, 120, 1));
        }
        assertThat(topics.records("resized"))
                .filteredOn(one -> !one.getEndOfStream())
                .allMatch(one -> one.getWidth() == 40 && one.getHeight() == 30);
        try (KafkaFrameGrabber grabber = topics.grabber("resized", ImageMode.GRAY)) {
            grabber.setImageWidth(21);
            grabber.setImageHeight(11);
            grabber.start();
            assertThat(grabber.getImageWidth()).isEqualTo(21);
            Frame frame = grabber.grab();
            assertThat(frame.imageWidth).isEqualTo(21);
            assertThat(frame.imageHeight).isEqualTo(11);
            assertThat(FrameBytes.all(frame)).hasSize(21 * 11);
        }
    }

    /** Its frames would be left out as duplicates of the first run's. */
    @Test
    void aSessionThatWasUsed_isRefused() throws Exception {
        try (KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "fixed")) {
            recorder.setOption("session", "7");
            recorder.start();
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1));
            recorder.stop();
            assertThatThrownBy(recorder::start)
                    .isInstanceOf(FrameRecorder.Exception.class)
                    .hasMessage("expected option session above 7, the number of this recorder's last run, found 7");
            recorder.setOption("session", "8");
            recorder.start();
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 2));
            assertThat(recorder.getSession()).isEqualTo(8);
        }
        assertThat(topics.records("fixed").stream().map(VideoFrame::getSession)).containsExactly(7L, 7L, 8L, 8L);
    }

    /** The number is free until a run has begun with it. */
    @Test
    void aSessionWhoseStartFailed_mayBeUsed() throws Exception {
        try (KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "later")) {
            recorder.setOption("session", "7");
            recorder.setOption("topic", "missing");
            assertThatThrownBy(recorder::start).hasMessageStartingWith("expected topic missing at");
            recorder.setOption("topic", ClientTopics.FRAMES);
            recorder.start();
            assertThat(recorder.getSession()).isEqualTo(7);
        }
    }
}
