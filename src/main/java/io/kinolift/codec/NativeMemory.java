package io.kinolift.codec;

import org.bytedeco.javacpp.Pointer;

/** What the operating system says of this process. */
public final class NativeMemory {
    private NativeMemory() {}

    /** Physical memory of the whole process in bytes: heap, pictures, codecs, stores. */
    public static long residentBytes() {
        return Pointer.physicalBytes();
    }
}
