package io.kinolift.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/** A frame of any of FFmpeg's layouts with random samples, and these samples as numbers. */
final class ForeignFrame implements AutoCloseable {
    final AVFrame frame;
    final AVPixFmtDescriptor layout;
    /** By component, row and column. */
    final int[][][] samples;

    private ForeignFrame(AVFrame frame, AVPixFmtDescriptor layout) {
        this.frame = frame;
        this.layout = layout;
        samples = new int[layout.nb_components()][][];
    }

    /** @param flatChroma whether chroma has one value everywhere */
    static ForeignFrame random(int number, int width, int height, long seed, boolean flatChroma) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        ForeignFrame made = new ForeignFrame(AvPictures.allocateFrame(number, width, height), layout);
        Random random = new Random(seed);
        for (int plane = 0; plane < avutil.av_pix_fmt_count_planes(number); plane++) {
            made.bytes(plane, (long) made.frame.linesize(plane) * planeHeight(layout, plane, height))
                    .fill((byte) 0);
        }
        if ((layout.flags() & avutil.AV_PIX_FMT_FLAG_PAL) != 0) {
            MemorySegment colours = made.bytes(1, 1024);
            for (int i = 0; i < 256; i++) {
                colours.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, random.nextInt());
            }
        }
        boolean bayer = (layout.flags() & avutil.AV_PIX_FMT_FLAG_BAYER) != 0;
        for (int component = 0; component < (bayer ? 1 : layout.nb_components()); component++) {
            boolean chroma = isChroma(layout, component);
            made.fill(component, random, chroma && flatChroma, width, height, bayer);
        }
        return made;
    }

    private void fill(int component, Random random, boolean flat, int width, int height, boolean bayer) {
        boolean chroma = isChroma(layout, component);
        int columns = chroma ? Math.ceilDiv(width, 1 << layout.log2_chroma_w()) : width;
        int rows = chroma ? Math.ceilDiv(height, 1 << layout.log2_chroma_h()) : height;
        int constant = sample(component, random, bayer);
        samples[component] = new int[rows][columns];
        try (IntPointer line = new IntPointer((long) columns)) {
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    samples[component][y][x] = flat ? constant : sample(component, random, bayer);
                    line.put(x, samples[component][y][x]);
                }
                if (bayer) {
                    mosaic(y, columns);
                } else {
                    avutil.av_write_image_line2(
                            line, frame.data(), frame.linesize(), layout, 0, y, component, columns, Integer.BYTES);
                }
            }
        }
    }

    /** The table of layouts says of these only how many bits the colours have on average. */
    private void mosaic(int y, int columns) {
        boolean isShort = layout.comp(0).step() == 2;
        MemorySegment row = bytes(0, (long) frame.linesize(0) * frame.height()).asSlice((long) y * frame.linesize(0));
        boolean big = (layout.flags() & avutil.AV_PIX_FMT_FLAG_BE) != 0;
        for (int x = 0; x < columns; x++) {
            int sample = samples[0][y][x];
            if (isShort) {
                short value = big ? Short.reverseBytes((short) sample) : (short) sample;
                row.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * x, value);
            } else {
                row.set(ValueLayout.JAVA_BYTE, x, (byte) sample);
            }
        }
    }

    private int sample(int component, Random random, boolean bayer) {
        int depth = bayer ? 8 * layout.comp(0).step() : layout.comp(component).depth();
        boolean isFloat = (layout.flags() & avutil.AV_PIX_FMT_FLAG_FLOAT) != 0;
        if (isFloat) {
            float value = random.nextInt(20) == 0 ? random.nextFloat() * 4 - 2 : random.nextFloat();
            return depth == 16 ? Float.floatToFloat16(value) & 0xFFFF : Float.floatToIntBits(value);
        }
        return depth == 32 ? random.nextInt() : random.nextInt(1 << depth);
    }

    static boolean isChroma(AVPixFmtDescriptor layout, int component) {
        boolean yuv = (layout.flags() & (avutil.AV_PIX_FMT_FLAG_RGB | avutil.AV_PIX_FMT_FLAG_PAL)) == 0;
        return yuv && layout.nb_components() > 2 && (component == 1 || component == 2);
    }

    private static int planeHeight(AVPixFmtDescriptor layout, int plane, int height) {
        return plane == 1 || plane == 2 ? Math.ceilDiv(height, 1 << layout.log2_chroma_h()) : height;
    }

    MemorySegment bytes(int plane, long length) {
        return MemorySegment.ofAddress(frame.data(plane).address()).reinterpret(length);
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
    }
}
