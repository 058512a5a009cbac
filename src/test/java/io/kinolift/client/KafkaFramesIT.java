package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.FreePorts;
import io.kinolift.avro.VideoFrame;
import io.kinolift.client.ClientTopics.Got;
import io.kinolift.ffmpeg.NativeMemory;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.bytedeco.javacv.FrameRecorder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Inputs that programs have been seen to give, through a real broker. */
class KafkaFramesIT {
    private static ClientTopics topics;

    @BeforeAll
    static void start() throws Exception {
        topics = new ClientTopics();
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    private static KafkaFrameRecorder recorder(String stream) throws Exception {
        return recorder(stream, "raw");
    }

    private static KafkaFrameRecorder recorder(String stream, String codec) throws Exception {
        KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), stream);
        recorder.setVideoCodecName(codec);
        recorder.setFrameRate(25);
        recorder.start();
        return recorder;
    }

    private static List<Got> grab(String stream, ImageMode mode) throws Exception {
        try (KafkaFrameGrabber grabber = topics.grabber(stream, mode)) {
            grabber.start();
            return ClientTopics.all(grabber);
        }
    }

    @Test
    void sixteenBits_ofAnyStride() throws Exception {
        Frame grey = FrameBytes.shorts(33, 17, 1, 40, 1);
        Frame colour = FrameBytes.shorts(33, 17, 3, 99, 2);
        try (KafkaFrameRecorder recorder = recorder("sixteen")) {
            recorder.record(grey);
            recorder.record(colour);
        }
        List<Got> got = grab("sixteen", ImageMode.RAW);
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
        try (KafkaFrameRecorder recorder = recorder("used-again")) {
            for (int i = 0; i < 30; i++) {
                ((ByteBuffer) frame.image[0]).put(0, FrameBytes.all(FrameBytes.bytes(64, 48, 3, 192, i)));
                sent.add(FrameBytes.of(frame, 3));
                recorder.record(frame);
            }
        }
        List<Got> got = grab("used-again", ImageMode.COLOR);
        assertThat(got).hasSize(30);
        for (int i = 0; i < 30; i++) {
            assertThat(got.get(i).bytes()).as("frame %d", i).isEqualTo(sent.get(i));
            assertThat(got.get(i).timestamp()).isEqualTo(40_000L * i);
        }
    }

    /** As many programs keep frames of a grabber and read them after it is closed. */
    @Test
    void aGrabbedFrame_isTheSameObjectAndStaysReadable() throws Exception {
        try (KafkaFrameRecorder recorder = recorder("kept")) {
            recorder.record(FrameBytes.bytes(16, 8, 3, 48, 1));
            recorder.record(FrameBytes.bytes(16, 8, 3, 48, 2));
        }
        Frame first;
        try (KafkaFrameGrabber grabber = topics.grabber("kept", ImageMode.COLOR)) {
            grabber.start();
            first = grabber.grab();
            assertThat(grabber.grab()).isSameAs(first);
            assertThat(grabber.grab()).isNull();
            assertThat(grabber.grab()).as("ever after").isNull();
        }
        assertThat(FrameBytes.of(first, 3)).isEqualTo(FrameBytes.all(FrameBytes.bytes(16, 8, 3, 48, 2)));
    }

    /** From a grabber of ours to a recorder of ours, RAW: all planes and the colour go along. */
    @Test
    void aRelay_keepsAllPlanes() throws Exception {
        byte[] planes = new byte[16 * 8 * 3 / 2];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) (16 + i);
        }
        try (KafkaFrameRecorder recorder = recorder("relay-in")) {
            recorder.setAspectRatio(4 / 3.0);
            recorder.recordImage(16, 8, Frame.DEPTH_UBYTE, 1, 0, avutil.AV_PIX_FMT_YUV420P, ByteBuffer.wrap(planes));
        } catch (FrameRecorder.Exception e) {
            throw new AssertionError(e);
        }
        assertThat(topics.records("relay-in").getFirst().getSampleAspectNumerator())
                .isEqualTo(4);
        try (KafkaFrameGrabber grabber = topics.grabber("relay-in", ImageMode.RAW);
                KafkaFrameRecorder recorder = recorder("relay-out")) {
            grabber.start();
            assertThat(grabber.getAspectRatio()).isEqualTo(4 / 3.0, within(1e-9));
            recorder.record(grabber.grab());
        }
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
        try (KafkaFrameRecorder recorder = recorder("sound")) {
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
        assertThat(grab("sound", ImageMode.COLOR).stream().map(Got::timestamp)).containsExactly(0L, 40_000L);
    }

    @Test
    void twoSessions_oneAfterTheOther() throws Exception {
        KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "twice");
        recorder.setFrameRate(25);
        List<Long> sessions = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            recorder.start();
            recorder.start();
            sessions.add(recorder.getSession());
            for (int i = 0; i <= run; i++) {
                recorder.record(FrameBytes.bytes(8, 8, 3, 24, 10 * run + i));
            }
            recorder.stop();
            recorder.stop();
            recorder.release();
        }
        recorder.close();
        assertThat(sessions.get(1)).isGreaterThan(sessions.get(0));
        assertThat(sessions.get(0)).isCloseTo(System.currentTimeMillis(), within(60_000L));
        try (KafkaFrameGrabber grabber = topics.grabber("twice", ImageMode.COLOR)) {
            grabber.start();
            assertThat(ClientTopics.all(grabber)).hasSize(1);
            grabber.restart();
            List<Got> second = ClientTopics.all(grabber);
            assertThat(second).hasSize(2);
            assertThat(second.getFirst().origin().session()).isEqualTo(sessions.get(1));
            assertThat(second.getFirst().origin().discontinuity()).isTrue();
            assertThat(second.get(1).origin().discontinuity()).isFalse();
        }
        try (KafkaFrameGrabber grabber = topics.grabber("twice", ImageMode.COLOR)) {
            grabber.setOption("session", sessions.get(1).toString());
            grabber.start();
            assertThat(ClientTopics.all(grabber)).hasSize(2);
        }
    }

    /** A recorder that ended without a word: the next session follows at once. */
    @Test
    void aSessionWithoutAnEnd_isFollowedByTheNext() throws Exception {
        KafkaFrameRecorder killed = recorder("killed");
        killed.record(FrameBytes.bytes(8, 8, 3, 24, 1));
        killed.flush();
        try (KafkaFrameRecorder next = new KafkaFrameRecorder(topics.servers(), "killed")) {
            next.setOption("session", Long.toString(killed.getSession() + 1));
            next.start();
            next.record(FrameBytes.bytes(8, 8, 3, 24, 2));
        }
        List<Got> got = grab("killed", ImageMode.COLOR);
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

        recorder("empty").close();
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
        try (KafkaFrameRecorder recorder = recorder("refused", "jpeg")) {
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
        recorder.record(FrameBytes.bytes(100, 100, 3, 300, 1));
        assertThatThrownBy(recorder::flush)
                .isInstanceOf(FrameRecorder.Exception.class)
                .hasMessageContaining("expected at most 20000 bytes (max.message.bytes of topic small)")
                .hasMessageContaining("found 3");
        assertThatThrownBy(() -> recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1)))
                .hasMessageContaining("max.message.bytes");
        assertThatThrownBy(recorder::stop).hasMessageContaining("max.message.bytes");
        recorder.close();
        try (KafkaFrameGrabber grabber = new KafkaFrameGrabber("kafka://" + topics.servers() + "/large?topic=small")) {
            grabber.setTimeout(2_000);
            grabber.start();
            assertThat(grabber.grab()).isNotNull();
            assertThatThrownBy(grabber::grab)
                    .isInstanceOf(FrameGrabber.Exception.class)
                    .hasMessage("expected a frame or the end of stream \"large\" on small within 2000 ms, found none");
        }
    }

    @Test
    void whatIsUnderWay_isBounded() throws Exception {
        try (KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "bounded")) {
            recorder.setOption("in.flight.bytes", "1");
            recorder.setOption("codec", "raw");
            recorder.start();
            for (int i = 0; i < 20; i++) {
                recorder.setTimestamp(1000L * i);
                recorder.record(FrameBytes.bytes(64, 48, 3, 192, i));
            }
        }
        assertThat(grab("bounded", ImageMode.COLOR)).hasSize(20);
    }

    @Test
    void aDamagedRecordInTheMiddle_isNamedAndLeftOut() throws Exception {
        List<byte[]> records = new ArrayList<>();
        try (KafkaFrameRecorder recorder = recorder("damage-source", "png")) {
            for (int i = 0; i < 5; i++) {
                recorder.record(FrameBytes.bytes(32, 24, 3, 96, i));
            }
        }
        for (VideoFrame record : topics.records("damage-source")) {
            record = VideoFrame.newBuilder(record).setStreamId("damaged").build();
            if (record.getEndOfStream()) {
                records.add(FrameRecords.writeEnd("damaged", record.getSession(), 5, null));
                continue;
            }
            EncodedFrame frame = FrameRecords.frame(record);
            byte[] payload = frame.payloadBytes();
            if (frame.sequence() == 2) {
                payload[payload.length / 2] ^= 0x55;
            }
            records.add(FrameRecords.write(frame.withPayload(ByteBuffer.wrap(payload))));
        }
        records.add(4, new byte[] {1, 2, 3});
        try (Producer<byte[], byte[]> producer = Clients.producer(topics.clients(), ClientTopics.MAX_BYTES)) {
            for (byte[] record : records) {
                var _ = producer.send(
                        new ProducerRecord<>(ClientTopics.FRAMES, "damaged".getBytes(StandardCharsets.UTF_8), record));
            }
        }
        try (KafkaFrameGrabber grabber = topics.grabber("damaged", ImageMode.COLOR)) {
            grabber.start();
            List<Got> got = ClientTopics.all(grabber);
            assertThat(got.stream().map(one -> one.origin().sequence())).containsExactly(0L, 1L, 3L, 4L);
            assertThat(got.stream().map(one -> one.origin().discontinuity())).containsExactly(false, false, true, true);
            assertThat(grabber.getDamagedFrames()).isEqualTo(2);
            assertThat(grabber.getLastProblem()).startsWith("kinolift.frames-");
        }
        try (KafkaFrameGrabber grabber = topics.grabber("damaged", ImageMode.COLOR)) {
            grabber.setOption("errors", "fail");
            grabber.start();
            grabber.grab();
            grabber.grab();
            assertThatThrownBy(grabber::grab)
                    .isInstanceOf(FrameGrabber.Exception.class)
                    .hasMessageContaining(", sequence 2: expected PNG BGR24 32x24, found");
            assertThat(((FrameOrigin) grabber.grab().opaque).sequence()).isEqualTo(3);
        }
    }

    @Test
    void skippingAndSeeking_forwardAndBack() throws Exception {
        try (KafkaFrameRecorder recorder = recorder("seek")) {
            for (int i = 0; i < 12; i++) {
                recorder.record(FrameBytes.bytes(8, 8, 3, 24, i));
            }
        }
        try (KafkaFrameGrabber grabber = topics.grabber("seek", ImageMode.COLOR)) {
            grabber.start();
            assertThat(grabber.getFrameRate()).isEqualTo(25, within(1e-9));
            assertThat(grabber.skip(3)).isEqualTo(3);
            assertThat(grabber.grab().timestamp).isEqualTo(120_000);
            grabber.setTimestamp(300_000);
            assertThat(grabber.grab().timestamp).isEqualTo(320_000);
            grabber.setTimestamp(41_000);
            assertThat(grabber.grab().timestamp).isEqualTo(80_000);
            grabber.setFrameNumber(10);
            assertThat(grabber.grab().timestamp).isEqualTo(400_000);
            assertThat(grabber.getFrameNumber()).isEqualTo(10);
            assertThat(grabber.skip(5)).isEqualTo(1);
            assertThat(grabber.grab()).isNull();
            assertThat(grabber.getLengthInFrames()).isEqualTo(12);
            grabber.setTimestamp(0);
            assertThat(ClientTopics.all(grabber)).hasSize(12);
            assertThat(grabber.getLengthInTime()).isEqualTo(480_000);
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

    @Test
    void aGrabberFromTheEnd_seesWhatComesAfterItsStart() throws Exception {
        KafkaFrameRecorder recorder = recorder("live");
        recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1));
        recorder.flush();
        try (KafkaFrameGrabber grabber = topics.grabber("live", ImageMode.COLOR)) {
            grabber.setOption("from", "end");
            CompletableFuture<Void> started = CompletableFuture.runAsync(() -> {
                try {
                    grabber.start();
                } catch (FrameGrabber.Exception e) {
                    throw new AssertionError(e);
                }
            });
            while (!started.isDone()) {
                recorder.record(FrameBytes.bytes(8, 8, 3, 24, 2));
                Thread.sleep(50);
            }
            started.get();
            assertThat(((FrameOrigin) grabber.grab().opaque).sequence()).isPositive();
        }
        recorder.close();
    }

    @Test
    void stop_endsAWaitOfAnotherThread() throws Exception {
        KafkaFrameRecorder recorder = recorder("waiting");
        recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1));
        recorder.flush();
        KafkaFrameGrabber grabber = topics.grabber("waiting", ImageMode.COLOR);
        grabber.setTimeout(0);
        grabber.start();
        grabber.grab();
        CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                grabber.grab();
                return null;
            } catch (FrameGrabber.Exception e) {
                return e;
            }
        });
        Thread.sleep(500);
        grabber.stop();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).hasMessage("expected a frame, found the grabber stopped");
        recorder.close();
    }

    @Test
    void noBroker_noTopic_noStream_areSaidInTime() throws Exception {
        String nobody = "127.0.0.1:" + FreePorts.next();
        long start = System.nanoTime();
        assertThatThrownBy(new KafkaFrameRecorder(nobody, "s")::start)
                .isInstanceOf(FrameRecorder.Exception.class)
                .hasMessageStartingWith("expected topic kinolift.frames at " + nobody + " for stream \"s\", found:");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        start = System.nanoTime();
        KafkaFrameGrabber grabber = new KafkaFrameGrabber(nobody, "s");
        grabber.setTimeout(2_000);
        assertThatThrownBy(grabber::start)
                .isInstanceOf(FrameGrabber.Exception.class)
                .hasMessageStartingWith("expected stream \"s\" at " + nobody + ", found:");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        assertThatThrownBy(new KafkaFrameRecorder("kafka://" + topics.servers() + "/s?topic=missing")::start)
                .hasMessageStartingWith("expected topic missing at");
        KafkaFrameGrabber missing = new KafkaFrameGrabber("kafka://" + topics.servers() + "/s?topic=missing");
        assertThatThrownBy(missing::start).hasMessageContaining("expected topic missing, found none");
        KafkaFrameGrabber silent = topics.grabber("nobody", ImageMode.COLOR);
        silent.setTimeout(1_000);
        assertThatThrownBy(silent::start)
                .hasMessageContaining(
                        "expected a frame or the end of stream \"nobody\" on kinolift.frames within 1000 ms");
    }

    /** What is native is given back: pictures, encoders, converters, clients. */
    @Test
    void manySessions_leaveNoMemoryBehind() throws Exception {
        long before = 0;
        for (int run = 0; run < 60; run++) {
            if (run == 20) {
                before = NativeMemory.residentBytes();
            }
            try (KafkaFrameRecorder recorder = recorder("again", run % 2 == 0 ? "jpeg" : "ffv1")) {
                if (run % 2 == 1) {
                    recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV444P);
                }
                for (int i = 0; i < 10; i++) {
                    recorder.record(FrameBytes.bytes(640, 360, 3, 1920, i));
                }
            }
            try (KafkaFrameGrabber grabber = topics.grabber("again", ImageMode.COLOR)) {
                grabber.start();
                assertThat(grabber.grab()).isNotNull();
            }
        }
        assertThat(NativeMemory.residentBytes() - before).isLessThan(150L << 20);
    }
}
