package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.ffmpeg.NativeMemory;
import java.lang.management.ManagementFactory;
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
        sessions(50);
        long warm = residentBesidesHeap();
        sessions(50);
        // Fifty sessions send 350 MB of pictures.
        assertThat(residentBesidesHeap() - warm).isLessThan(100L << 20);
    }

    private static void sessions(int runs) throws Exception {
        for (int run = 0; run < runs; run++) {
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
    }

    /** In bytes. How far the heap grows is the collector's choice, and the broker of this test lives on it. */
    private static long residentBesidesHeap() {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        long bytes = NativeMemory.residentBytes() - heap;
        System.out.printf("MiB of heap %d, resident besides %d%n", heap >> 20, bytes >> 20);
        return bytes;
    }
}
