package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.FreePorts;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.bytedeco.javacv.FrameRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is missing is said, and soon. */
class NoBrokerIT {
    @RegisterExtension
    private static final ClientTopics topics = new ClientTopics();

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

    /** Without a limit for frames there is still one for the broker. */
    @Test
    void aGrabberWithoutTimeout_doesNotWaitForABrokerForEver() throws Exception {
        KafkaFrameGrabber grabber = new KafkaFrameGrabber("127.0.0.1:" + FreePorts.next(), "s");
        grabber.setTimeout(0);
        assertThatThrownBy(() -> Call.of(grabber::start).end(Duration.ofSeconds(20)))
                .isInstanceOf(FrameGrabber.Exception.class)
                .hasMessageStartingWith("expected stream \"s\" at");
    }

    @Test
    void stop_endsAWaitForTheBroker() throws Exception {
        KafkaFrameGrabber grabber = new KafkaFrameGrabber("127.0.0.1:" + FreePorts.next(), "s");
        grabber.setTimeout(0);
        Call start = Call.of(grabber::start);
        start.awaitIn(KafkaConsumer.class, "partitionsFor");
        Call.of(grabber::stop).end(Duration.ofSeconds(5));
        assertThatThrownBy(() -> start.end(Duration.ofSeconds(5)))
                .isInstanceOf(FrameGrabber.Exception.class)
                .hasMessageContaining("found the grabber stopped");
    }
}
