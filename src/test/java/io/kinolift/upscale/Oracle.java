package io.kinolift.upscale;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.frame.Role;
import io.kinolift.upscale.convolve.Border;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.ConvWeights;
import io.kinolift.upscale.convolve.RgbByDefinition;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.List;

/** The value of an output's sample by definition, in float64, or in integers if it is a rational number. */
public interface Oracle {
    /** The sample before rounding; an exact oracle gives the sample itself. */
    double at(int plane, long output, int y, int x, int component);

    /** Whether {@link #at} is the sample. */
    boolean isExact();

    /**
     * Compares a picture with output o.
     *
     * @return number of samples that differ by one, and 0 for an exact oracle; a larger difference is an error
     */
    default int differences(Picture output, int o, String name) {
        int differing = 0;
        int allowed = isExact() ? 0 : 1;
        for (int p = 0; p < output.planes().size(); p++) {
            Plane plane = output.plane(p);
            for (int y = 0; y < plane.height(); y++) {
                for (int at = 0; at < plane.rowSamples(); at++) {
                    int x = at / plane.components();
                    int c = at % plane.components();
                    double v = at(p, o, y, x, c);
                    int found = Pictures.sample(output, p, y, x, c);
                    int expected = (int) Math.clamp(
                            Math.floor(v + (isExact() ? 0 : 0.5)),
                            0,
                            output.format().maxSample());
                    differing += found == expected ? 0 : 1;
                    if (Math.abs(found - expected) > allowed) {
                        throw new AssertionError(name + ": expected " + v + ", found " + found + " in output " + o
                                + " plane " + p + " row " + y + " column " + x + " component " + c + " of "
                                + output.format() + " " + output.width() + "x" + output.height());
                    }
                }
            }
        }
        return differing;
    }

    /** Samples of a volume, repeated at its edges or zero outside; it knows nothing of barriers. */
    interface Volume {
        double at(long frame, long y, long x);
    }

    /** Linear or nearest interpolation, in integers. */
    static Oracle interpolation(Interpolation settings, List<Picture> frames) {
        return new Oracle() {
            @Override
            public double at(int plane, long output, int y, int x, int component) {
                Picture like = frames.getFirst();
                PixelFormat format = like.format();
                int height = format.planeHeight(plane, like.height());
                int width = format.planeWidth(plane, like.width());
                int outHeight = format.planeHeight(plane, settings.spatial().outputHeight(like.height()));
                int outWidth = format.planeWidth(plane, settings.spatial().outputWidth(like.width()));
                boolean source = settings.temporalGrid() == TemporalGrid.SOURCE;
                long[] t = taps(output, settings.temporalFactor(), source, frames.size(), -1, settings.mode());
                long[] h = taps(
                        y, settings.spatial().heightFactor(like.height()), false, height, outHeight, settings.mode());
                long[] w =
                        taps(x, settings.spatial().widthFactor(like.width()), false, width, outWidth, settings.mode());
                long sum = 0;
                for (int tap = 0; tap < 8; tap++) {
                    int i = tap & 1;
                    int j = tap >> 1 & 1;
                    int k = tap >> 2;
                    sum += t[2 + i]
                            * h[2 + j]
                            * w[2 + k]
                            * Pictures.sample(frames.get((int) t[i]), plane, (int) h[j], (int) w[k], component);
                }
                long denominator = t[4] * h[4] * w[4];
                return Math.floorDiv(2 * sum + denominator, 2 * denominator);
            }

            @Override
            public boolean isExact() {
                return true;
            }
        };
    }

    /** Two indices, two weights, their sum. */
    private static long[] taps(long o, Rational factor, boolean source, long inputs, long outputs, Mode mode) {
        long p = factor.numerator();
        long q = factor.denominator();
        if (inputs == outputs) {
            return new long[] {o, o, 1, 0, 1};
        }
        if (mode == Mode.NEAREST) {
            long i = Math.min(inputs - 1, o * q / p);
            return new long[] {i, i, 1, 0, 1};
        }
        long numerator = source ? 2 * o * q : (2 * o + 1) * q - p;
        long i = Math.floorDiv(numerator, 2 * p);
        long rest = Math.floorMod(numerator, 2 * p);
        return new long[] {Math.clamp(i, 0, inputs - 1), Math.clamp(i + 1, 0, inputs - 1), 2 * p - rest, rest, 2 * p};
    }

    /** A transposed convolution by its definition, over the whole segment. */
    static Oracle convTranspose(TransposedConvolution settings, List<Picture> frames, Colour colour) {
        Picture like = frames.getFirst();
        return new Oracle() {
            @Override
            public double at(int plane, long output, int y, int x, int component) {
                boolean alpha = like.format().roles(plane).get(component) == Role.ALPHA;
                if (settings.channels() == Channels.RGB && !alpha) {
                    return rgb(plane, output, y, x, component);
                }
                Volume volume = (f, h, w) -> Pictures.sample(frames.get((int) f), plane, (int) h, (int) w, component);
                PixelFormat format = like.format();
                int height = format.planeHeight(plane, like.height());
                int width = format.planeWidth(plane, like.width());
                if ((plane > 0 && settings.channels() == Channels.LUMA)
                        || (alpha && settings.channels() == Channels.RGB)) {
                    return interpolated(volume, output, y, x, height, width);
                }
                return convolved(List.of(volume), 0, output, y, x, height, width);
            }

            @Override
            public boolean isExact() {
                return false;
            }

            private double interpolated(Volume volume, long output, int y, int x, int height, int width) {
                double[] t = centre(0, output, frames.size());
                double[] h = centre(1, y, height);
                double[] w = centre(2, x, width);
                double sum = 0;
                for (int tap = 0; tap < 8; tap++) {
                    int i = tap & 1;
                    int j = tap >> 1 & 1;
                    int k = tap >> 2;
                    sum += t[2 + i] * h[2 + j] * w[2 + k] * volume.at((long) t[i], (long) h[j], (long) w[k]);
                }
                return sum;
            }

            private double[] centre(int axis, long o, int inputs) {
                double reach = settings.dilation()[axis] * (settings.weights().kernel()[axis] - 1.0);
                double at = (o + settings.padding()[axis] - reach / 2) / settings.stride()[axis];
                double floor = Math.floor(at);
                double rest = at - floor;
                return new double[] {
                    Math.clamp(floor, 0, inputs - 1), Math.clamp(floor + 1, 0, inputs - 1), 1 - rest, rest
                };
            }

            private double convolved(List<Volume> in, int out, long output, int y, int x, int height, int width) {
                ConvWeights weights = settings.weights();
                int[] kernel = weights.kernel();
                int group = out / weights.outPerGroup();
                int inPerGroup = in.size() / settings.groups();
                double sum =
                        weights.bias().length == 0 ? 0 : 255.0 * like.format().scaleFrom8Bit() * weights.bias()[out];
                for (int c = group * inPerGroup; c < (group + 1) * inPerGroup; c++) {
                    int at = (c * weights.outPerGroup() + out % weights.outPerGroup())
                            * kernel[0]
                            * kernel[1]
                            * kernel[2];
                    for (int kd = 0; kd < kernel[0]; kd++) {
                        for (int kh = 0; kh < kernel[1]; kh++) {
                            for (int kw = 0; kw < kernel[2]; kw++) {
                                sum += weights.values()[at++] * tap(in.get(c), kd, kh, kw, output, y, x, height, width);
                            }
                        }
                    }
                }
                return sum;
            }

            private double tap(
                    Volume volume, int kd, int kh, int kw, long output, int y, int x, int height, int width) {
                long f = input(0, kd, output);
                long h = input(1, kh, y);
                long w = input(2, kw, x);
                if (f == NONE || h == NONE || w == NONE) {
                    return 0;
                }
                boolean inside = f >= 0 && f < frames.size() && h >= 0 && h < height && w >= 0 && w < width;
                if (!inside && settings.border() == Border.ZEROS) {
                    return 0;
                }
                return volume.at(
                        Math.clamp(f, 0, frames.size() - 1), Math.clamp(h, 0, height - 1), Math.clamp(w, 0, width - 1));
            }

            private static final long NONE = Long.MIN_VALUE;

            private long input(int axis, int tap, long o) {
                long at = o + settings.padding()[axis] - (long) tap * settings.dilation()[axis];
                return Math.floorMod(at, settings.stride()[axis]) == 0
                        ? Math.floorDiv(at, settings.stride()[axis])
                        : NONE;
            }

            private final RgbByDefinition conversion = new RgbByDefinition(like.format(), like.height(), colour);
            private final double[][][] converted = new double[3 * frames.size()][][];

            private Volume channel(int c) {
                return (f, h, w) -> {
                    int at = (int) f * 3 + c;
                    if (converted[at] == null) {
                        converted[at] = conversion.channel(frames.get((int) f), c);
                    }
                    return converted[at][(int) h][(int) w];
                };
            }

            private double rgb(int plane, long output, int y, int x, int component) {
                List<Volume> channels = List.of(channel(0), channel(1), channel(2));
                int outHeight = Math.toIntExact(settings.axis(1).outputs(like.height()));
                int outWidth = Math.toIntExact(settings.axis(2).outputs(like.width()));
                return conversion.plane(
                        (c, h, w) -> convolved(channels, c, output, h, w, like.height(), like.width()),
                        plane,
                        component,
                        y,
                        x,
                        outHeight,
                        outWidth);
            }
        };
    }
}
