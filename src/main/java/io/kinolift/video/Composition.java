package io.kinolift.video;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Colour;
import io.kinolift.frame.LumaWeights;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import java.util.EnumMap;
import java.util.Map;

/**
 * Lays transparent pictures over one colour. Each sample becomes {@code alpha * sample + (1 - alpha) * colour}, rounded;
 * the samples are straight, not multiplied by alpha before. A chroma sample takes the mean alpha of its pixels.
 */
final class Composition {
    private static final int NEUTRAL = 128;

    private final PixelFormat from;
    private final PixelFormat to;
    private final Map<Role, Integer> background;

    /** @param colour of the pictures */
    Composition(PixelFormat from, Background background, Colour colour, int height) {
        this.from = from;
        this.to = from.opaque();
        this.background = from.isRgb() ? rgb(background) : yuv(background, colour, height);
    }

    private Map<Role, Integer> rgb(Background colour) {
        Map<Role, Integer> samples = new EnumMap<>(Role.class);
        samples.put(Role.RED, full(colour.red()));
        samples.put(Role.GREEN, full(colour.green()));
        samples.put(Role.BLUE, full(colour.blue()));
        return samples;
    }

    private int full(int sample) {
        return (int) Math.round(sample / 255.0 * from.maxSample());
    }

    private Map<Role, Integer> yuv(Background colour, Colour meaning, int height) {
        LumaWeights weights = LumaWeights.of(meaning, height).orElseGet(() -> LumaWeights.ofHeight(height));
        double red = colour.red() / 255.0;
        double blue = colour.blue() / 255.0;
        double luma = weights.red() * red + weights.green() * colour.green() / 255.0 + weights.blue() * blue;
        boolean full = meaning.range() == Colour.Range.FULL;
        double unit = from.scaleFrom8Bit();
        double reach = full ? from.maxSample() : 224 * unit;
        Map<Role, Integer> samples = new EnumMap<>(Role.class);
        samples.put(Role.LUMA, (int) Math.round(full ? luma * from.maxSample() : (16 + 219 * luma) * unit));
        samples.put(Role.CB, chroma((blue - luma) / (2 * (1 - weights.blue())), reach, unit));
        samples.put(Role.CR, chroma((red - luma) / (2 * (1 - weights.red())), reach, unit));
        return samples;
    }

    private int chroma(double part, double reach, double unit) {
        return Math.clamp(Math.round(NEUTRAL * unit + part * reach), 0, from.maxSample());
    }

    /**
     * The picture over the background.
     *
     * @return a new picture without alpha, the caller's to close
     */
    Picture compose(Picture picture) {
        Picture made = new AvPictures().allocate(to, picture.width(), picture.height());
        PixelFormat.Place alpha = from.place(Role.ALPHA);
        Plane opacity = picture.plane(alpha.plane());
        for (Map.Entry<Role, Integer> component : background.entrySet()) {
            PixelFormat.Place source = from.place(component.getKey());
            PixelFormat.Place target = to.place(component.getKey());
            Plane in = picture.plane(source.plane());
            Plane out = made.plane(target.plane());
            boolean chroma = component.getKey().isChroma();
            int columns = chroma ? from.columnsPerChroma() : 1;
            int rows = chroma ? from.rowsPerChroma() : 1;
            for (int y = 0; y < out.height(); y++) {
                for (int x = 0; x < out.width(); x++) {
                    long part = mean(opacity, alpha.component(), x * columns, y * rows, columns, rows);
                    long sample = in.sample(x * in.components() + source.component(), y);
                    long rest = from.maxSample() - part;
                    long mixed =
                            (part * sample + rest * component.getValue() + from.maxSample() / 2) / from.maxSample();
                    out.set(x * out.components() + target.component(), y, (int) mixed);
                }
            }
        }
        return made;
    }

    /** Of the pixels that there are. */
    private static long mean(Plane alpha, int component, int left, int top, int columns, int rows) {
        long sum = 0;
        int count = 0;
        for (int y = top; y < Math.min(alpha.height(), top + rows); y++) {
            for (int x = left; x < Math.min(alpha.width(), left + columns); x++) {
                sum += alpha.sample(x * alpha.components() + component, y);
                count++;
            }
        }
        return (sum + count / 2) / count;
    }
}
