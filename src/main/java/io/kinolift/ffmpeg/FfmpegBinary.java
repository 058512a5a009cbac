package io.kinolift.ffmpeg;

import org.bytedeco.javacpp.Loader;

/** The ffmpeg program that comes with the libraries. */
public final class FfmpegBinary {
    private FfmpegBinary() {}

    /**
     * The path of the program, which is unpacked first if necessary.
     *
     * @throws LinkageError if there is none for this platform, or a library it needs is missing
     */
    public static String path() {
        return Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
    }
}
