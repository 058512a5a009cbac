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
    private final int[][] lines;
    /** Rows of output that are nearest to one row of input. */
    private final int[][] outputs;
    private final byte[] bytes;
    private final short[] shorts;

    /** @param width samples of an input row, and its {@code height} rows */
    LimitedPlane(TimeGrid timeGrid, int width, int height, int outputWidth, int outputHeight, int room, int largest) {
        this.timeGrid = timeGrid;
        this.width = width;
        this.height = height;
        range = new RangeLimit(width, outputWidth, room, largest);
        lines = new int[3][width + 2];
        outputs = new int[Math.ceilDiv(outputHeight, height)][outputWidth];
        bytes = new byte[Math.max(width, outputWidth)];
        shorts = new short[bytes.length];
    }

    @Override
    public void upscale(long index, InputFrames inputs, Picture out, int band, int bands) {
        Plane target = out.plane(0);
        long first = Math.clamp(timeGrid.firstTap(index), inputs.first(), inputs.last());
        long last = Math.clamp(timeGrid.lastTap(index), inputs.first(), inputs.last());
        int lastInput = Band.share(height, band + 1, bands);
        for (int y = Band.share(height, band, bands); y < lastInput; y++) {
            range(y, first, last, inputs);
            int from = RangeLimit.firstOutput(y, height, target.height());
            int count = RangeLimit.firstOutput(y + 1, height, target.height()) - from;
            for (int row = 0; row < count; row++) {
                read(target, from + row, outputs[row], 0, target.width());
            }
            range.limit(outputs, count);
            for (int row = 0; row < count; row++) {
                write(target, from + row, outputs[row]);
            }
        }
    }

    private void range(int row, long first, long last, InputFrames inputs) {
        range.clear();
        for (long frame = first; frame <= last; frame++) {
            Plane source = inputs.at(frame).plane(0);
            for (int y = -1; y <= 1; y++) {
                int[] line = lines[y + 1];
                read(source, Math.clamp(row + y, 0, height - 1), line, 1, width);
                line[0] = line[1];
                line[width + 1] = line[width];
            }
            range.add(lines[0], lines[1], lines[2]);
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

    private void write(Plane plane, int y, int[] output) {
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
