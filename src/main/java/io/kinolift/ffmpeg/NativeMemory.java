package io.kinolift.ffmpeg;

import org.bytedeco.javacpp.Pointer;

/** The memory of this process, as the operating system reports it. */
public final class NativeMemory {
    private NativeMemory() {}

    /** Physical memory of the whole process in bytes: heap, pictures, codecs, stores. */
    public static long residentBytes() {
        return Pointer.physicalBytes();
    }
}
