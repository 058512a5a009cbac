package io.kinolift.upscale.limit;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.limit.RangeKernel;
import io.kinolift.kernel.limit.RangeLimit;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.OutputPart;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Limits luma that another part has written by the 3x3 samples around it, in the frames that the operator's time grid
 * needs.
 */
final class LimitedPlane implements OutputPart {
    private static final ValueLayout.OfShort PAIR = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final RangeKernel kernel;
    private final TimeGrid timeGrid;
    private final RangeLimit range;
    private final int width;
    private final int height;
    private final int rowFactor;
    private final int columnFactor;
    /** The rows above, here and below, each from the sample before the first to the one behind the last. */
    private final short[][] around;
    /** By row and column among the outputs of an input: the outputs of one row of inputs. */
    private final short[][] outputs;

    private final byte[] bytes;
    private final short[] shorts;

    /**
     * @param width samples of an input row; {@code height} is the number of its rows
     * @param rowFactor rows of output per row of input; {@code columnFactor} is the same for columns
     */
    LimitedPlane(
            RangeKernel kernel,
            TimeGrid timeGrid,
            int width,
            int height,
            int rowFactor,
            int columnFactor,
            int room,
            int largest) {
        this.kernel = kernel;
        this.timeGrid = timeGrid;
        this.width = width;
        this.height = height;
        this.rowFactor = rowFactor;
        this.columnFactor = columnFactor;
        range = new RangeLimit(kernel, width, room, largest);
        around = new short[3][width + 2 + RangeKernel.SLACK];
        outputs = new short[rowFactor * columnFactor][width + RangeKernel.SLACK];
        bytes = new byte[columnFactor * width + RangeKernel.SLACK];
        shorts = new short[columnFactor * width + RangeKernel.SLACK];
    }

    @Override
    public void upscale(long index, InputFrames inputs, Picture out, int band, int bands) {
        long first = Math.clamp(timeGrid.firstTap(index), inputs.first(), inputs.last());
        long last = Math.clamp(timeGrid.lastTap(index), inputs.first(), inputs.last());
        int end = Band.share(height, band + 1, bands);
        for (int y = Band.share(height, band, bands); y < end; y++) {
            range(y, first, last, inputs);
            for (int row = 0; row < rowFactor; row++) {
                readOutputs(out.plane(0), y * rowFactor + row, row * columnFactor);
            }
            int changed = range.limit(outputs);
            for (int i = 0; i < changed; i++) {
                write(out.plane(0), y, range.changed()[i]);
            }
        }
    }

    private void range(int row, long first, long last, InputFrames inputs) {
        range.clear();
        for (long frame = first; frame <= last; frame++) {
            Plane source = inputs.at(frame).plane(0);
            for (int y = -1; y <= 1; y++) {
                readInputs(source, Math.clamp(row + y, 0, height - 1), around[1 + y]);
            }
            range.add(around[0], around[1], around[2]);
        }
        range.close();
    }

    private void readInputs(Plane plane, int y, short[] to) {
        long at = y * plane.stride();
        if (plane.sampleBytes() == Byte.BYTES) {
            MemorySegment.copy(plane.data(), ValueLayout.JAVA_BYTE, at, bytes, 0, width);
            kernel.widen(bytes, to, 1, width);
        } else {
            MemorySegment.copy(plane.data(), Plane.SHORT_SAMPLE, at, to, 1, width);
            shiftDown(to, 1, width, plane.format().sampleShift());
        }
        to[0] = to[1];
        to[width + 1] = to[width];
    }

    private static void shiftDown(short[] samples, int at, int count, int shift) {
        for (int i = at; shift > 0 && i < at + count; i++) {
            samples[i] = (short) (Short.toUnsignedInt(samples[i]) >> shift);
        }
    }

    /** Sorts a row of output by column among the outputs of an input. */
    private void readOutputs(Plane plane, int y, int to) {
        long at = y * plane.stride();
        if (plane.sampleBytes() == Byte.BYTES && columnFactor == 2) {
            MemorySegment.copy(plane.data(), PAIR, at, shorts, 0, width);
            kernel.split(shorts, outputs[to], outputs[to + 1], width);
        } else if (plane.sampleBytes() == Byte.BYTES) {
            MemorySegment.copy(plane.data(), ValueLayout.JAVA_BYTE, at, bytes, 0, columnFactor * width);
            for (int column = 0; column < columnFactor; column++) {
                short[] output = outputs[to + column];
                for (int x = 0; x < width; x++) {
                    output[x] = (short) (bytes[x * columnFactor + column] & 0xFF);
                }
            }
        } else {
            MemorySegment.copy(plane.data(), Plane.SHORT_SAMPLE, at, shorts, 0, columnFactor * width);
            shiftDown(shorts, 0, columnFactor * width, plane.format().sampleShift());
            for (int column = 0; column < columnFactor; column++) {
                short[] output = outputs[to + column];
                for (int x = 0; x < width; x++) {
                    output[x] = shorts[x * columnFactor + column];
                }
            }
        }
    }

    private void write(Plane plane, int y, int x) {
        for (int row = 0; row < rowFactor; row++) {
            for (int column = 0; column < columnFactor; column++) {
                short[] output = outputs[row * columnFactor + column];
                plane.set(x * columnFactor + column, y * rowFactor + row, output[x]);
            }
        }
    }
}
