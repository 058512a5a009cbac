package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.ffmpeg.NativeMemory;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Native memory over many sessions. */
class ClientMemoryIT {
    @RegisterExtension
    private static final ClientTopics topics = new ClientTopics();

    /** What is native is given back: pictures, encoders, converters, clients. */
    @Test
    void manySessions_leaveNoMemoryBehind() throws Exception {
        long before = 0;
        for (int run = 0; run < 60; run++) {
            if (run == 20) {
                before = NativeMemory.residentBytes();
            }
            try (KafkaFrameRecorder recorder = topics.recorder("again", run % 2 == 0 ? "jpeg" : "ffv1")) {
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
