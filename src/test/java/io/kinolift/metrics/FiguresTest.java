package io.kinolift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kinolift.TestFrames;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.topology.StreamEvent;
import io.kinolift.topology.Tally;
import io.kinolift.window.DropPolicy;
import io.kinolift.window.EarlierOutputs;
import io.kinolift.window.Envelope;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.WrittenFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FiguresTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Figures figures = new Figures(registry, 2, 8);

    @Test
    void streamsBeyondTheBound_areSummed() {
        for (String stream : new String[] {"a", "b", "c", "d", "a"}) {
            figures.read(stream, System.currentTimeMillis());
            figures.received(stream);
        }
        // An end of stream.
        figures.read("b", System.currentTimeMillis());
        assertThat(figures.summaries()).extracting(StreamSummary::stream).containsExactly("a", "b", "other");
        assertThat(figures.summaries()).extracting(StreamSummary::received).containsExactly(2L, 1L, 2L);
    }

    @Test
    void anEndedStream_givesUpItsPlaceAndItsMetrics() {
        figures.read("a", 0);
        figures.read("b", 0);
        figures.told(new StreamEvent.FrameDropped(tally("a", 0), DropPolicy.LATE));
        figures.told(new StreamEvent.StreamEnded(tally("a", 0), 1, null));
        figures.read("c", 0);
        assertThat(figures.summaries()).extracting(StreamSummary::stream).containsExactly("b", "c");
        assertThat(registry.find("kinolift.frames.received").tag("stream", "a").counters())
                .isEmpty();
        assertThat(registry.find("kinolift.frames.dropped").tag("stream", "a").counters())
                .isEmpty();
        assertThat(registry.find("kinolift.lag.frames").tag("stream", "a").gauges())
                .isEmpty();
    }

    @Test
    void openStreams_areThoseThatHaveNotEnded_byPartition() {
        for (String stream : List.of("a", "b")) {
            figures.read(stream, 0);
            assertThat(figures.openStreams()).as("no event yet").doesNotContainKey(-1);
            figures.told(new StreamEvent.FrameDropped(tally(stream, 0), DropPolicy.LATE));
        }
        int partition = tally("a", 0).partition();
        assertThat(figures.openStreams()).isEqualTo(Map.of(partition, 2));
        figures.told(new StreamEvent.StreamEnded(tally("a", 0), 1, null));
        assertThat(figures.openStreams()).isEqualTo(Map.of(partition, 1));
    }

    @Test
    void aStreamThatExpires_isNotSeenAgain() {
        figures.told(new StreamEvent.StreamExpired(tally("old", 0)));
        assertThat(figures.streams()).isEmpty();
        assertThat(figures.openStreams()).isEmpty();
    }

    @Test
    void openStreams_areUnknown_ifNotEachHasFiguresOfItsOwn() {
        for (String stream : List.of("a", "b", "c")) {
            figures.read(stream, 0);
            figures.told(new StreamEvent.FrameDropped(tally(stream, 0), DropPolicy.LATE));
        }
        assertThat(figures.openStreams()).isEmpty();
    }

    @Test
    void levels_areThoseOfTheLastWindow_andCountedPerOutput() {
        EncodedFrame frame = TestFrames.raw("a", 0, 16, 12);
        FrameWindow window = new FrameWindow(
                "a",
                0,
                0,
                0,
                0,
                List.of(new SourceFrame(frame, "t", 0, 0)),
                0,
                1,
                0,
                1,
                true,
                false,
                null,
                0,
                null,
                EarlierOutputs.NONE);
        figures.told(new StreamEvent.WindowReady(tally("a", 0), window.atLevel(4)));
        figures.told(new StreamEvent.FrameUpscaled(
                tally("a", 0), new WrittenFrame(frame.atLevel(4), new byte[0], Envelope.NONE, -1), null));
        assertThat(figures.summaries().getFirst().level()).isEqualTo(4);
        assertThat(registry.get("kinolift.level").gauge().value()).isEqualTo(4);
        assertThat(registry.get("kinolift.frames.degraded")
                        .tag("level", "4")
                        .counter()
                        .count())
                .isEqualTo(1);
        figures.told(new StreamEvent.WindowReady(tally("a", 0), window));
        assertThat(figures.summaries().getFirst().level()).isZero();
    }

    @Test
    void dropsAreCountedByPolicy_andHeldFramesAreTheLag() {
        figures.read("a", System.currentTimeMillis() - 5000);
        figures.told(new StreamEvent.FrameDropped(tally("a", 3), DropPolicy.LATE));
        figures.told(new StreamEvent.FrameDropped(tally("a", 4), DropPolicy.DUPLICATE));
        figures.told(new StreamEvent.FrameDropped(tally("a", 5), DropPolicy.DUPLICATE));
        StreamSummary summary = figures.summaries().getFirst();
        assertThat(summary.dropped()).isEqualTo(3);
        assertThat(summary.held()).isEqualTo(5);
        assertThat(summary.lagMillis()).isBetween(5000L, 60_000L);
        assertThat(summary.latencyMedianMillis()).isEqualTo(-1);
        assertThat(registry.get("kinolift.frames.dropped")
                        .tag("policy", "DUPLICATE")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void streamsThatFallBehind_areTold_exceptThoseWithoutAPlace() {
        Logger logger = (Logger) LoggerFactory.getLogger(LagLog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            for (int seconds = 10; seconds <= 20; seconds++) {
                for (String stream : new String[] {"a", "b", "c"}) {
                    figures.read(stream, System.currentTimeMillis() - (stream.equals("b") ? 1 : seconds) * 1000L);
                    figures.received(stream);
                }
                figures.tellLags(false);
            }
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("stream a falls behind");
    }

    @Test
    void aRate_isOfTheLastFullSeconds() {
        Rate rate = new Rate();
        long second = 1_000_000_000L;
        for (int frame = 0; frame < 50; frame++) {
            rate.add(100 * second + frame * second / 10);
        }
        assertThat(rate.perSecond(105 * second)).isEqualTo(10.0);
        assertThat(rate.perSecond(107 * second)).isEqualTo(6.0);
        assertThat(rate.perSecond(1000 * second)).isZero();
    }

    @Test
    void quantiles_areOfTheLastLatencies() {
        RecentLatencies latencies = new RecentLatencies();
        for (int i = 0; i < 1000; i++) {
            latencies.add(i < 744 ? 100_000 : i - 744);
        }
        assertThat(latencies.quantile(0.5)).isEqualTo(128);
        assertThat(latencies.quantile(0.95)).isEqualTo(243);
    }

    private static Tally tally(String stream, long held) {
        return new Tally(stream, 0, "frames", 0, 0, 1, Map.of(), held, 0, Map.of());
    }
}
