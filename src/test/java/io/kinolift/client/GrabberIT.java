package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.kinolift.avro.VideoFrame;
import io.kinolift.client.ClientTopics.Got;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.wire.FrameRecords;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What programs do with a grabber, through a real broker. */
class GrabberIT {
    @RegisterExtension
    private static final ClientTopics topics = new ClientTopics();

    /** As many programs keep frames of a grabber and read them after it is closed. */
    @Test
    void aGrabbedFrame_isTheSameObjectAndStaysReadable() throws Exception {
        try (KafkaFrameRecorder recorder = topics.recorder("kept")) {
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

    @Test
    void aDamagedRecordInTheMiddle_isNamedAndLeftOut() throws Exception {
        List<byte[]> records = new ArrayList<>();
        try (KafkaFrameRecorder recorder = topics.recorder("damage-source", "png")) {
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
        topics.send("damaged", records.toArray(byte[][]::new));
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
    void aGrabberFromTheEnd_seesWhatComesAfterItsStart() throws Exception {
        KafkaFrameRecorder recorder = topics.recorder("live");
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
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        recorder.record(FrameBytes.bytes(8, 8, 3, 24, 2));
                        return started.isDone();
                    });
            started.get();
            assertThat(((FrameOrigin) grabber.grab().opaque).sequence()).isPositive();
        }
        recorder.close();
    }

    /** Neither a new start nor the next session has anything of what was before. */
    @Test
    void whatIsKnownOfASession_endsWithIt() throws Exception {
        for (int run = 1; run <= 2; run++) {
            try (KafkaFrameRecorder recorder = topics.recorder("known")) {
                for (int i = 0; i < run; i++) {
                    recorder.record(FrameBytes.bytes(8, 8, 3, 24, i));
                }
            }
        }
        try (KafkaFrameGrabber grabber = topics.grabber("known", ImageMode.COLOR)) {
            for (int start = 1; start <= 2; start++) {
                grabber.start();
                assertThat(grabber.getMetadata("frames")).as("start %d", start).isNull();
                assertThat(grabber.getLengthInFrames()).isZero();
                assertThat(ClientTopics.all(grabber)).hasSize(1);
                assertThat(grabber.getMetadata("frames")).isEqualTo("1");
                assertThat(grabber.getLengthInTime()).isEqualTo(40_000);
                if (start == 1) {
                    grabber.stop();
                    assertThat(grabber.getMetadata("frames")).as("after stop").isEqualTo("1");
                    assertThat(grabber.getImageWidth()).isZero();
                    assertThat(grabber.getFrameRate()).isZero();
                }
            }
            grabber.restart();
            assertThat(grabber.getMetadata("frames")).isNull();
            assertThat(grabber.getLengthInFrames()).isZero();
            assertThat(grabber.getLengthInTime()).isZero();
            assertThat(ClientTopics.all(grabber)).hasSize(2);
            assertThat(grabber.getMetadata("frames")).isEqualTo("2");
        }
    }

    /** Frames without duration or rate: the second one would tell the rate, but may be far off. */
    @Test
    void start_waitsForTheFirstFrameOnly() throws Exception {
        try (KafkaFrameRecorder recorder = new KafkaFrameRecorder(topics.servers(), "slow")) {
            recorder.start();
            recorder.setTimestamp(0);
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1));
            recorder.flush();
            KafkaFrameGrabber grabber = topics.grabber("slow", ImageMode.COLOR);
            grabber.setTimeout(0);
            Call start = Call.of(grabber::start);
            start.end(Duration.ofSeconds(10));
            assertThat(grabber.getFrameRate()).isZero();
            assertThat(grabber.grab()).isNotNull();
            recorder.setTimestamp(500_000);
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 2));
            recorder.flush();
            assertThat(grabber.grab().timestamp).isEqualTo(500_000);
            assertThat(grabber.getFrameRate()).isEqualTo(2, within(1e-9));
            grabber.close();
        }
    }
}
