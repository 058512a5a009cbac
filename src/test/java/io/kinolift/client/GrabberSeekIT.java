package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A grabber that skips and seeks, through a real broker. */
class GrabberSeekIT {
    @RegisterExtension
    private static final ClientTopics topics = new ClientTopics();

    @Test
    void skippingAndSeeking_forwardAndBack() throws Exception {
        try (KafkaFrameRecorder recorder = topics.recorder("seek")) {
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

    /** Forward or back is decided by what was read last, shown or not. */
    @Test
    void seeking_goesOnFromWhatWasSkipped() throws Exception {
        try (KafkaFrameRecorder recorder = topics.recorder("skipped")) {
            for (int i = 0; i < 12; i++) {
                recorder.record(FrameBytes.bytes(8, 8, 3, 24, i));
            }
        }
        try (KafkaFrameGrabber grabber = topics.grabber("skipped", ImageMode.COLOR)) {
            grabber.start();
            grabber.skip(3);
            grabber.setTimestamp(41_000);
            assertThat(grabber.grab().timestamp).isEqualTo(80_000);
            grabber.setTimestamp(300_000);
            grabber.setTimestamp(41_000);
            assertThat(grabber.grab().timestamp).isEqualTo(80_000);
            grabber.skip(4);
            grabber.setFrameNumber(3);
            assertThat(grabber.grab().timestamp).isEqualTo(120_000);
            grabber.setTimestamp(120_000);
            assertThat(grabber.grab().timestamp).isEqualTo(120_000);
            grabber.setFrameNumber(9);
            grabber.setFrameNumber(4);
            grabber.setFrameNumber(9);
            assertThat(grabber.grab().timestamp).isEqualTo(360_000);
            assertThat(grabber.skip(20)).isEqualTo(2);
            assertThat(grabber.getLengthInTime()).isEqualTo(480_000);
        }
    }

    @Test
    void seekingBeyondTheEnd_readsIt() throws Exception {
        try (KafkaFrameRecorder recorder = topics.recorder("beyond")) {
            for (int i = 0; i < 3; i++) {
                recorder.record(FrameBytes.bytes(8, 8, 3, 24, i));
            }
        }
        try (KafkaFrameGrabber grabber = topics.grabber("beyond", ImageMode.COLOR)) {
            grabber.start();
            grabber.setTimestamp(1_000_000);
            assertThat(grabber.grab()).isNull();
            assertThat(grabber.getLengthInTime()).isEqualTo(120_000);
            grabber.setTimestamp(0);
            assertThat(ClientTopics.all(grabber)).hasSize(3);
        }
    }
}
