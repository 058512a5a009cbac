package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How it is known what else a source opens. */
enum NestedFiles {
    /** FFmpeg asks {@link NestedOpens} about every file. */
    ASKED,
    /** A script of files, see {@link ConcatScript}. */
    SCRIPT,
    /** A DASH manifest, see {@link Manifest}. */
    MANIFEST,
    /** FFmpeg asks, or has a list of protocols: files are not among them. */
    REMOTE;

    private static final int BYTES_TO_SEE = 64 << 10;
    /** Nobody writes longer lists by hand, and programs write shorter ones. */
    private static final long LONGEST_LIST = 16 << 20;

    /** @throws VideoException if the source names what it must not */
    static NestedFiles of(Source source, SourceAddress address, NamingRule rule) throws VideoException {
        if (address.kind() == SourceAddress.Kind.URL) {
            return REMOTE;
        }
        Path file = address.file();
        if (file == null) {
            return ASKED;
        }
        try {
            String begin = begin(file);
            if (address.format().equals(InputFormats.SCRIPT) || begin.startsWith(ConcatScript.HEADER)) {
                requireNoneRefused(source, ConcatScript.refusal(file, list(source, file), rule));
                return SCRIPT;
            }
            if (address.format().equals(InputFormats.MANIFEST) || begin.contains("<MPD")) {
                if (!source.allowed().allFiles()) {
                    requireNoneRefused(source, Manifest.refusal(file, list(source, file), source.allowed()));
                }
                return MANIFEST;
            }
            return ASKED;
        } catch (IOException e) {
            throw new VideoException(source + ": expected a file that can be read, found " + e.getMessage());
        }
    }

    private static String begin(Path file) throws IOException {
        return begin(file, BYTES_TO_SEE);
    }

    /** The first bytes. Each is a character. */
    static String begin(Path file, int bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] list(Source source, Path file) throws IOException, VideoException {
        if (Files.size(file) > LONGEST_LIST) {
            throw new VideoException(
                    source + ": expected a list of at most " + LONGEST_LIST + " bytes, found " + Files.size(file));
        }
        return Files.readAllBytes(file);
    }

    private static void requireNoneRefused(Source source, String refusal) throws VideoException {
        if (refusal != null) {
            throw new VideoException(refusal.startsWith(source + ":") ? refusal : source + ": " + refusal);
        }
    }
}
