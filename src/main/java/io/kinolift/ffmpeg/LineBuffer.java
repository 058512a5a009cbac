package io.kinolift.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.IntPointer;

/** Native memory for one row of samples as numbers of 32 bits; it grows to the longest. */
final class LineBuffer implements AutoCloseable {
    private IntPointer memory = new IntPointer(0L);

    IntPointer ofWidth(int width) {
        if (memory.capacity() < width) {
            memory.close();
            memory = new IntPointer((long) width);
        }
        return memory;
    }

    void read(int[] row) {
        MemorySegment.copy(segment(row.length), ValueLayout.JAVA_INT, 0, row, 0, row.length);
    }

    void write(int[] row) {
        ofWidth(row.length);
        MemorySegment.copy(row, 0, segment(row.length), ValueLayout.JAVA_INT, 0, row.length);
    }

    private MemorySegment segment(int length) {
        return MemorySegment.ofAddress(memory.address()).reinterpret((long) length * Integer.BYTES);
    }

    @Override
    public void close() {
        memory.close();
    }
}
