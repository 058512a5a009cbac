package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Pictures to test with, and the outputs that an operator makes from them. */
public final class Pictures {
    private static final int GUARD_BYTES = 7;
    private static final byte GUARD = 0x5a;

    private Pictures() {}

    /** A sample at position x of component c, row y of a plane. */
    public interface Samples {
        int at(int plane, int y, int x, int c);
    }

    /** Rows without padding. */
    public static Picture empty(PixelFormat format, int width, int height) {
        List<Plane> planes = new ArrayList<>();
        for (int p = 0; p < format.planeCount(); p++) {
            int rows = format.planeHeight(p, height);
            long stride = (long) format.rowBytes(p, width);
            MemorySegment data = Arena.ofAuto().allocate(stride * rows);
            planes.add(Plane.of(format, p, data, width, height, stride));
        }
        return new Picture(format, width, height, planes, () -> {});
    }

    /** Rows at odd offsets, with guard bytes before, between and behind them. */
    public static Picture guarded(PixelFormat format, int width, int height) {
        List<Plane> planes = new ArrayList<>();
        for (int p = 0; p < format.planeCount(); p++) {
            long stride = (long) format.rowBytes(p, width) + GUARD_BYTES;
            MemorySegment data = Arena.ofAuto().allocate(stride * format.planeHeight(p, height) + GUARD_BYTES);
            data.fill(GUARD);
            planes.add(Plane.of(format, p, data.asSlice(GUARD_BYTES), width, height, stride));
        }
        return new Picture(format, width, height, planes, () -> {});
    }

    public static Picture of(PixelFormat format, int width, int height, Samples samples) {
        Picture picture = empty(format, width, height);
        for (int p = 0; p < format.planeCount(); p++) {
            Plane plane = picture.plane(p);
            for (int y = 0; y < plane.height(); y++) {
                for (int i = 0; i < plane.rowSamples(); i++) {
                    plane.set(i, y, samples.at(p, y, i / plane.components(), i % plane.components()));
                }
            }
        }
        return picture;
    }

    /** Uses {@link Random} and no other generator: its numbers are part of its specification. */
    public static List<Picture> noise(PixelFormat format, int width, int height, int count, long seed) {
        Random random = new Random(seed);
        List<Picture> pictures = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            pictures.add(of(format, width, height, (p, y, x, c) -> random.nextInt(format.maxSample() + 1)));
        }
        return pictures;
    }

    public static int sample(Picture picture, int p, int y, int x, int c) {
        Plane plane = picture.plane(p);
        return plane.sample(x * plane.components() + c, y);
    }

    public static BoundOperator bind(Interpolation settings, InterpolationKernel kernel, Picture like) {
        return new InterpolationOperator(settings, kernel).bind(like.format(), like.width(), like.height());
    }

    public static Picture upscale(BoundOperator bound, List<Picture> frames, long output) {
        Picture out = empty(bound.outputFormat(), bound.outputWidth(), bound.outputHeight());
        bound.upscale(output, inputs(frames), out, Bands.ONE);
        return out;
    }

    /** One after the other, the last first. */
    public static Bands bands(int count) {
        return work -> {
            for (int band = count - 1; band >= 0; band--) {
                work.run(band, count);
            }
        };
    }

    /** All outputs of a segment. */
    public static List<Picture> upscale(Interpolation settings, InterpolationKernel kernel, List<Picture> frames) {
        BoundOperator bound = bind(settings, kernel, frames.getFirst());
        List<Picture> outputs = new ArrayList<>();
        for (long o = 0; o < settings.temporalFactor().floorOfProduct(frames.size()); o++) {
            outputs.add(upscale(bound, frames, o));
        }
        return outputs;
    }

    public static InputFrames inputs(List<Picture> frames) {
        return new InputFrames() {
            @Override
            public long first() {
                return 0;
            }

            @Override
            public long last() {
                return frames.size() - 1L;
            }

            @Override
            public Picture at(long index) {
                return frames.get(Math.toIntExact(index));
            }
        };
    }

    /** SHA-256 over all planes of all pictures. */
    public static String hash(List<Picture> pictures) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Picture picture : pictures) {
                picture.planes().forEach(plane -> digest.update(plane.data().asByteBuffer()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
