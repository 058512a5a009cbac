package io.kinolift.runtime;

import io.kinolift.codec.AvPictures;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes, upscales and encodes a small picture over and over, in a thread of its own and for a short time, as others wait
 * for brokers to start and groups to form: until Java has compiled it, an operator is a thousand times slower than it
 * will be, and the first frames of a camera would have to wait for that. It is the operator of streams that are in no
 * group. Nothing depends on it.
 */
public final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    /** Processor time; the usual operator is compiled after half of it. */
    private static final Duration BUDGET = Duration.ofSeconds(2);
    /** However little of that there is. */
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int WIDTH = 128;
    private static final int HEIGHT = 72;
    private static final int FRAMES = 4;

    private final Thread thread;
    private volatile boolean ended;

    private Rehearsal(KinoliftConfig config) {
        thread = Thread.ofPlatform().daemon().name("kinolift-rehearsal").unstarted(() -> {
            try {
                play(config);
            } catch (RuntimeException | LinkageError e) {
                // Whoever plays it in earnest meets the same, and says so.
                LOG.debug("the rehearsal ended early", e);
            }
        });
    }

    /** Begins at once. Networks are not rehearsed: they are not Java's to compile. */
    public static Rehearsal begin(KinoliftConfig config) {
        Rehearsal rehearsal = new Rehearsal(config);
        rehearsal.thread.start();
        return rehearsal;
    }

    private void play(KinoliftConfig config) {
        if (!OnnxPlan.isWanted(config)) {
            play(Plans.operator(config), Plans.codec(config), Plans.encoder(config));
        }
    }

    private void play(Operator operator, Codec codec, EncoderSettings settings) {
        PixelFormat pixels = codec == Codec.PNG ? PixelFormat.RGB24 : PixelFormat.YUV420P;
        BoundOperator bound = operator.bind(pixels, WIDTH, HEIGHT);
        AvPictures pictures = new AvPictures();
        FrameFormat small = format(codec, pixels, WIDTH, HEIGHT);
        FrameFormat large = format(codec, pixels, bound.outputWidth(), bound.outputHeight());
        try (FrameEncoder encoder = FrameCodecs.encoder(small, settings);
                FrameEncoder outputs = FrameCodecs.encoder(large, settings);
                FrameDecoder decoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT);
                Picture blank = pictures.allocate(pixels, WIDTH, HEIGHT)) {
            byte[] payload = encoder.encode(blank);
            long start = System.nanoTime();
            for (long output = 0; !ended && cpuNanos() < BUDGET.toNanos()
                    && System.nanoTime() - start < MOST.toNanos(); output++) {
                try (Picture input = decoder.decode(small, payload);
                        Picture out = pictures.allocate(pixels, bound.outputWidth(), bound.outputHeight())) {
                    bound.upscale(output % FRAMES, still(input), out, 0, 1);
                    outputs.encode(out);
                }
            }
        } catch (FrameCodecException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FrameFormat format(Codec codec, PixelFormat pixels, int width, int height) {
        return new FrameFormat(codec, pixels, width, height, Rational.ONE, Colour.UNSPECIFIED);
    }

    private static InputFrames still(Picture picture) {
        return new InputFrames() {
            @Override
            public long first() {
                return 0;
            }

            @Override
            public long last() {
                return FRAMES;
            }

            @Override
            public Picture at(long index) {
                return picture;
            }
        };
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Ends it within a frame; closing again does nothing. */
    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
