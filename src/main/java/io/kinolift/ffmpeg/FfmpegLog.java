package io.kinolift.ffmpeg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * The last error that FFmpeg wrote in a thread. Encoders often return a number that says nothing, and write the reason.
 */
public final class FfmpegLog extends LogCallback {
    /** Held for as long as FFmpeg may call it. */
    private static final FfmpegLog INSTANCE = new FfmpegLog();

    private static final Pattern PLACE = Pattern.compile("\\[([^\\]]+?) @ 0x[0-9a-f]+] ?");

    private static final ThreadLocal<String> LAST = new ThreadLocal<>();

    static void install() {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        avutil.setLogCallback(INSTANCE);
        quietSvtAv1();
    }

    /** SVT-AV1 writes to stderr by itself, unless the environment says otherwise when its first encoder is opened. */
    private static void quietSvtAv1() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("setenv").ifPresent(setenv -> {
            FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
            try (Arena arena = Arena.ofConfined()) {
                linker.downcallHandle(setenv, signature)
                        .invoke(arena.allocateFrom("SVT_LOG"), arena.allocateFrom("0"), 0);
            } catch (Throwable e) {
                throw new IllegalStateException("expected to set a variable of the environment", e);
            }
        });
    }

    /** Begins something whose errors are to be told. */
    public static void forget() {
        LAST.remove();
    }

    /** The number in FFmpeg's words, and what was written since {@link #forget()}. */
    public static String reason(int code) {
        String line = LAST.get();
        String words = Ffmpeg.error(code);
        if (line == null) {
            return words;
        }
        return code == avutil.AVERROR_UNKNOWN() ? line : words + " (" + line + ")";
    }

    @Override
    public void call(int level, BytePointer message) {
        String line = message.getString(StandardCharsets.UTF_8).strip();
        if (level <= avutil.AV_LOG_ERROR && !line.isEmpty()) {
            // Where an object lies in memory helps nobody.
            String first = line.lines().findFirst().orElse(line);
            LAST.set(PLACE.matcher(first).replaceAll("$1: "));
        }
    }
}
