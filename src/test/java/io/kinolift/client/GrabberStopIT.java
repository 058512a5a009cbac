package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.wire.FrameRecords;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A grabber that is stopped by another thread, whatever the first one does. */
class GrabberStopIT {
    @RegisterExtension
    private static final ClientTopics topics = new ClientTopics();

    @Test
    void stop_endsAWaitForAFrame() throws Exception {
        try (KafkaFrameRecorder recorder = topics.recorder("waiting")) {
            recorder.record(FrameBytes.bytes(8, 8, 3, 24, 1));
            recorder.flush();
            KafkaFrameGrabber grabber = topics.grabber("waiting", ImageMode.COLOR);
            grabber.setTimeout(0);
            grabber.start();
            grabber.grab();
            assertStops(grabber, Call.of(grabber::grab), StreamReader.class, "next");
        }
    }

    @Test
    void stop_endsAStart() throws Exception {
        KafkaFrameGrabber grabber = topics.grabber("silence", ImageMode.COLOR);
        grabber.setTimeout(0);
        assertStops(grabber, Call.of(grabber::start), StreamReader.class, "next");
    }

    /** What it decodes is damaged, so that it would wait for the next frame. */
    @Test
    void stop_endsACallThatDecodes() throws Exception {
        try (KafkaFrameRecorder recorder = topics.recorder("large", "png")) {
            recorder.record(FrameBytes.bytes(4000, 3000, 3, 12_000, 1));
        }
        EncodedFrame frame = FrameRecords.frame(topics.records("large").getFirst());
        byte[] payload = frame.payloadBytes();
        payload[payload.length - payload.length / 50] ^= 0x55;
        topics.send(
                "large-damaged",
                FrameRecords.write(new EncodedFrame(
                        "large-damaged",
                        frame.session(),
                        frame.sequence(),
                        frame.pts(),
                        frame.duration(),
                        frame.timeBase(),
                        frame.format(),
                        frame.keyFrame(),
                        frame.discontinuity(),
                        frame.captureMicros(),
                        ByteBuffer.wrap(payload))));
        KafkaFrameGrabber grabber = topics.grabber("large-damaged", ImageMode.COLOR);
        grabber.setTimeout(0);
        grabber.start();
        assertStops(grabber, Call.of(grabber::grab), Intake.class, "decode");
        assertThat(grabber.getDamagedFrames()).isEqualTo(1);
    }

    private static void assertStops(KafkaFrameGrabber grabber, Call call, Class<?> in, String method) throws Exception {
        call.awaitIn(in, method);
        Call.of(grabber::stop).end(Duration.ofSeconds(10));
        assertThatThrownBy(() -> call.end(Duration.ofSeconds(10)))
                .isInstanceOf(FrameGrabber.Exception.class)
                .hasMessageContaining("expected a frame, found the grabber stopped");
    }
}
