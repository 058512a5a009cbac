package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologyFixture;
import io.kinolift.trace.Telemetry;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import io.kinolift.window.EarlierOutputs;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.slf4j.LoggerFactory;

/** A task that hangs ends the work on all windows, and nothing is freed that it may come back to. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class StuckWorkerTest {
    private static final int FRAMES = 4;

    private final CountDownLatch release = new CountDownLatch(1);
    private final Queue<Picture> inputs = new ConcurrentLinkedQueue<>();
    private final Queue<Picture> outputs = new ConcurrentLinkedQueue<>();
    private final Queue<Picture> held = new ConcurrentLinkedQueue<>();
    private volatile boolean hangs;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Workers.class);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void release() {
        release.countDown();
        logger.detachAppender(lines);
    }

    @Test
    void anOperatorThatHangs() {
        WindowUpscaler<Long> upscaler = upscaler(hanging(), new Writer(), "1500");
        upscaler.upscale(window("b"), new Told());
        inputs.removeIf(Picture::isClosed);
        assertThat(inputs).as("cached of another stream").isNotEmpty();
        hangs = true;
        assertThatThrownBy(() -> upscaler.upscale(window(), new Told()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kinolift.window.timeout.ms");
        assertThatThrownBy(() -> upscaler.upscale(window(), new Told()))
                .hasMessageContaining("tasks of earlier windows");
        upscaler.rest("b");
        upscaler.forget("b");
        upscaler.close();
        assertThat(held).hasSize(1).noneMatch(Picture::isClosed);
        assertThat(inputs).hasSizeGreaterThan(FRAMES).noneMatch(Picture::isClosed);
        assertThat(lines.list)
                .singleElement()
                .asString()
                .contains("expected all tasks to end within another PT1.5S", "is not freed");
    }

    /** The picture that it reads has been made, and is nobody else's. */
    @Test
    void anEncoderOfAGroupThatHangs() {
        Writer hanging = new Writer() {
            @Override
            public Long write(EncodedFrame frame, SourceFrame owner) {
                await();
                return super.write(frame, owner);
            }
        };
        WindowUpscaler<Long> upscaler =
                upscaler(new Watched(), hanging, "1500", "kinolift.frame.codec", "vp9", "kinolift.output.gop", "4");
        assertThatThrownBy(() -> upscaler.upscale(window(), new Told()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kinolift.window.timeout.ms");
        upscaler.forget("a");
        upscaler.close();
        assertThat(outputs).isNotEmpty().noneMatch(Picture::isClosed);
        assertThat(lines.list).hasSize(1);
    }

    @Test
    void outputsOfAGroup_areFreedWhenTheyHaveBeenTold() {
        WindowUpscaler<Long> upscaler = upscaler(
                new Watched(), new Writer(), "60000", "kinolift.frame.codec", "vp9", "kinolift.output.gop", "4");
        upscaler.upscale(window(), new Told());
        assertThat(outputs).hasSize(FRAMES).allMatch(Picture::isClosed);
        upscaler.close();
        assertThat(inputs).isNotEmpty().allMatch(Picture::isClosed);
    }

    /** What is under way then ends within the time limit. */
    @Test
    void aFailureWithoutAWorkerThatHangs_freesAll() {
        Watched slow = new Watched() {
            @Override
            void upscale(long output, Picture out) {
                if (output > 0) {
                    sleep();
                }
            }
        };
        WindowUpscaler<Long> upscaler = upscaler(slow, new Writer(), "60000");
        assertThatThrownBy(() -> upscaler.upscale(window(), new Told() {
                    @Override
                    public void output(Long output, String trace) {
                        throw new IllegalStateException("no broker");
                    }
                }))
                .hasMessage("no broker");
        upscaler.close();
        assertThat(inputs).isNotEmpty().allMatch(Picture::isClosed);
        assertThat(outputs).isNotEmpty().allMatch(Picture::isClosed);
        assertThat(lines.list).isEmpty();
    }

    private Watched hanging() {
        return new Watched() {
            @Override
            void upscale(long output, Picture out) {
                if (hangs && output == 0) {
                    held.add(out);
                    await();
                }
            }
        };
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param config name, value, name, value, ... */
    private WindowUpscaler<Long> upscaler(
            Watched operator, OutputWriter<Long> writer, String timeoutMillis, String... config) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kinolift.scale.factor", "1,1,1",
                "kinolift.scene.cut", "off",
                "kinolift.threads", "2",
                "kinolift.window.timeout.ms", timeoutMillis));
        for (int i = 0; i < config.length; i += 2) {
            all.put(config[i], config[i + 1]);
        }
        EngineSettings settings =
                TopologyPlan.of(new KinoliftConfig(all), 1 << 20).engine();
        StreamPlan plan = settings.plans().common();
        operator.operator = plan.operator();
        return new WindowUpscaler<>(
                new EngineSettings(
                        new StreamPlans(List.of(), new StreamPlan(operator, plan.sceneCut(), plan.encoding(), "", "")),
                        settings.limits(),
                        settings.threads(),
                        settings.windowTimeout(),
                        settings.cacheBytes(),
                        settings.decoderBytes(),
                        settings.encoderBytes()),
                writer,
                new Telemetry<>(),
                DecodeGuard.NONE);
    }

    private static FrameWindow window() {
        return window("a");
    }

    private static FrameWindow window(String stream) {
        List<SourceFrame> frames = LongStream.range(0, FRAMES)
                .mapToObj(sequence ->
                        new SourceFrame(TopologyFixture.frame(stream, 0, sequence, 64, 48), "t", 0, sequence))
                .toList();
        return new FrameWindow(
                stream, 0, 0, 0, 0, frames, 0, FRAMES, 0, FRAMES, false, false, null, 0, null, EarlierOutputs.NONE);
    }

    private static class Writer implements OutputWriter<Long> {
        @Override
        public int payloadRoom(SourceFrame owner) {
            return 1 << 20;
        }

        @Override
        public Long write(EncodedFrame frame, SourceFrame owner) {
            return frame.sequence();
        }
    }

    private static class Told implements WindowUpscaler.Results<Long> {
        @Override
        public void output(Long output, String trace) {}

        @Override
        public void missing(boolean surplus) {}

        @Override
        public void repeats(long count) {}

        @Override
        public void rejected(long index, FrameCodecException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Does as another one, and remembers the pictures that it saw. */
    private class Watched implements Operator {
        private Operator operator;

        /** Comes first. */
        @SuppressWarnings("UnusedVariable") // Others look at them.
        void upscale(long output, Picture out) {}

        @Override
        public TimeGrid timeGrid() {
            return operator.timeGrid();
        }

        @Override
        public long outputWidth(int width) {
            return operator.outputWidth(width);
        }

        @Override
        public long outputHeight(int height) {
            return operator.outputHeight(height);
        }

        @Override
        public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
            BoundOperator bound = operator.bind(format, width, height, colour);
            return new BoundOperator() {
                @Override
                public PixelFormat outputFormat() {
                    return bound.outputFormat();
                }

                @Override
                public int outputWidth() {
                    return bound.outputWidth();
                }

                @Override
                public int outputHeight() {
                    return bound.outputHeight();
                }

                @Override
                public void upscale(long output, InputFrames frames, Picture out, Bands bands) {
                    LongStream.rangeClosed(frames.first(), frames.last())
                            .forEach(index -> inputs.add(frames.at(index)));
                    outputs.add(out);
                    Watched.this.upscale(output, out);
                    bound.upscale(output, frames, out, bands);
                }
            };
        }
    }
}
