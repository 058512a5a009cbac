package io.kinolift.runtime.check;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.codec.PayloadBuffer;
import io.kinolift.codec.group.GroupDecoder;
import io.kinolift.codec.group.GroupEncoder;
import io.kinolift.engine.FrameEncoding;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;

/**
 * How fast this machine decodes and encodes a small picture. Processor time is measured, so that a busy machine does
 * not look slow. The operator is not run: until Java has compiled it, it is a thousand times slower than it will be, and on
 * a busy machine that takes longer than anybody wants to wait at start. Codecs are most of the work; a factor of
 * {@value #OPERATOR_FACTOR} stands for the rest.
 *
 * @param nanosPerInputPixel one decoding
 * @param nanosPerOutputPixel operator and encoding
 */
record SpeedProbe(double nanosPerInputPixel, double nanosPerOutputPixel) {
    private static final int OPERATOR_FACTOR = 2;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 144;
    private static final long BUDGET_NANOS = 50_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Something that takes time. */
    private interface Work {
        void run() throws FrameCodecException;
    }

    static SpeedProbe measure(FrameEncoding encoding) {
        try {
            return encoding.group() == null
                    ? alone(encoding.codecs().getFirst(), encoding.settings())
                    : grouped(encoding.codecs().getFirst(), encoding);
        } catch (FrameCodecException e) {
            throw new IllegalStateException("cannot measure the speed of this machine: " + e.getMessage(), e);
        }
    }

    private static SpeedProbe grouped(Codec codec, FrameEncoding encoding) throws FrameCodecException {
        FrameFormat format =
                new FrameFormat(codec, PixelFormat.YUV420P, WIDTH, HEIGHT, Rational.ONE, Colour.UNSPECIFIED);
        PayloadBuffer buffer = new PayloadBuffer();
        try (Picture picture = ramp(new AvPictures().allocate(PixelFormat.YUV420P, WIDTH, HEIGHT));
                GroupEncoder encoder =
                        new GroupEncoder(format, encoding.group(), encoding.settings(), Rational.of(60))) {
            ByteBuffer payload = encoder.encode(picture, buffer).payload();
            double decode = best(() -> decodeKeyFrame(format, payload));
            PayloadBuffer next = new PayloadBuffer();
            double encode = best(() -> encoder.encode(picture, next));
            return of(decode, encode);
        }
    }

    private static void decodeKeyFrame(FrameFormat format, ByteBuffer payload) throws FrameCodecException {
        try (GroupDecoder decoder = new GroupDecoder(format, DecoderLimits.DEFAULT, 0)) {
            decoder.send(0, payload.duplicate());
            decoder.end();
            for (GroupDecoder.Decoded decoded = decoder.receive(); decoded != null; decoded = decoder.receive()) {
                if (decoded.picture() != null) {
                    decoded.picture().close();
                }
            }
        }
    }

    private static SpeedProbe alone(Codec codec, EncoderSettings settings) throws FrameCodecException {
        PixelFormat pixels = codec == Codec.PNG ? PixelFormat.RGB24 : PixelFormat.YUV420P;
        FrameFormat format = new FrameFormat(codec, pixels, WIDTH, HEIGHT, Rational.ONE, Colour.UNSPECIFIED);
        try (Picture picture = ramp(new AvPictures().allocate(pixels, WIDTH, HEIGHT));
                FrameEncoder encoder = FrameCodecs.encoder(format, settings);
                FrameDecoder decoder = FrameCodecs.decoder(codec, DecoderLimits.DEFAULT)) {
            byte[] payload = encoder.encode(picture);
            double decode = best(() -> decoder.decode(format, payload).close());
            PayloadBuffer buffer = new PayloadBuffer();
            double encode = best(() -> encoder.encode(picture, buffer));
            return of(decode, encode);
        }
    }

    private static SpeedProbe of(double decode, double encode) {
        int pixels = WIDTH * HEIGHT;
        return new SpeedProbe(decode / pixels, OPERATOR_FACTOR * encode / pixels);
    }

    private static long best(Work work) throws FrameCodecException {
        long start = THREADS.getCurrentThreadCpuTime();
        long best = Long.MAX_VALUE;
        for (long now = start; now - start < BUDGET_NANOS; ) {
            work.run();
            long then = THREADS.getCurrentThreadCpuTime();
            // The clock may tick coarsely.
            best = Math.max(1, Math.min(best, then - now));
            now = then;
        }
        return best;
    }

    private static Picture ramp(Picture picture) {
        for (Plane plane : picture.planes()) {
            for (long at = 0; at < plane.data().byteSize(); at++) {
                plane.data().set(ValueLayout.JAVA_BYTE, at, (byte) (at * 7));
            }
        }
        return picture;
    }
}
