package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.RangeLimit;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Limits luma that another part has written by the 3x3 samples around, in the frames that its time grid says it needs. */
final class LimitedPlane implements OutputPart {
    private final TimeGrid timeGrid;
    private final RangeLimit range;
    private final int width;
    private final int height;
    /** The sample before the first, the samples, and the one behind the last. */
    private final int[] input;
    private final int[] output;
    private final byte[] bytes;
    private final short[] shorts;

    /** @param width samples of an input row, and its {@code height} rows */
    LimitedPlane(TimeGrid timeGrid, int width, int height, int outputWidth, int room, int largest) {
        this.timeGrid = timeGrid;
        this.width = width;
        this.height = height;
        range = new RangeLimit(width, outputWidth, room, largest);
        input = new int[width + 2];
        output = new int[outputWidth];
        bytes = new byte[Math.max(width, outputWidth)];
        shorts = new short[bytes.length];
    }

    @Override
    public void upscale(long index, InputFrames inputs, Picture out, int band, int bands) {
        Plane target = out.plane(0);
        long first = Math.clamp(timeGrid.firstTap(index), inputs.first(), inputs.last());
        long last = Math.clamp(timeGrid.lastTap(index), inputs.first(), inputs.last());
        int held = -1;
        int end = OutputPart.firstRow(target.height(), band + 1, bands);
        for (int row = OutputPart.firstRow(target.height(), band, bands); row < end; row++) {
            int nearest = RangeLimit.nearest(row, height, target.height());
            if (nearest != held) {
                range(nearest, first, last, inputs);
                held = nearest;
            }
            read(target, row, output, 0, output.length);
            range.limit(output);
            write(target, row);
        }
    }

    private void range(int nearest, long first, long last, InputFrames inputs) {
        range.clear();
        for (long frame = first; frame <= last; frame++) {
            Plane source = inputs.at(frame).plane(0);
            for (int y = Math.max(0, nearest - 1); y <= Math.min(height - 1, nearest + 1); y++) {
                read(source, y, input, 1, width);
                input[0] = input[1];
                input[width + 1] = input[width];
                range.add(input);
            }
        }
        range.close();
    }

    private void read(Plane plane, int y, int[] to, int at, int count) {
        if (plane.sampleBytes() == Byte.BYTES) {
            MemorySegment.copy(plane.data(), ValueLayout.JAVA_BYTE, y * plane.stride(), bytes, 0, count);
            for (int i = 0; i < count; i++) {
                to[at + i] = bytes[i] & 0xFF;
            }
        } else {
            MemorySegment.copy(plane.data(), Plane.SHORT_SAMPLE, y * plane.stride(), shorts, 0, count);
            for (int i = 0; i < count; i++) {
                to[at + i] = shorts[i];
            }
        }
    }

    private void write(Plane plane, int y) {
        if (plane.sampleBytes() == Byte.BYTES) {
            for (int i = 0; i < output.length; i++) {
                bytes[i] = (byte) output[i];
            }
            MemorySegment.copy(bytes, 0, plane.data(), ValueLayout.JAVA_BYTE, y * plane.stride(), output.length);
        } else {
            for (int i = 0; i < output.length; i++) {
                shorts[i] = (short) output[i];
            }
            MemorySegment.copy(shorts, 0, plane.data(), Plane.SHORT_SAMPLE, y * plane.stride(), output.length);
        }
    }
}
