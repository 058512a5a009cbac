package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.Footage;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound and pictures keep their distance, whatever the two containers make of it. */
class SoundOffsetTest {
    @TempDir
    Path folder;

    @BeforeEach
    void requireProgram() {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, aac, plain, mp4",
        "mp4, aac, plain, mkv",
        "mp4, aac, plain, ts",
        "mp4, aac, plain, avi",
        "mp4, aac, plain, webm",
        "mp4, aac, plain, mov",
        "mp4, aac, audioLate, mp4",
        "mp4, aac, audioLate, mkv",
        "mp4, aac, audioLate, avi",
        "mp4, aac, audioLate, ts",
        "mp4, aac, videoLate, mp4",
        "mp4, aac, videoLate, mkv",
        "mp4, aac, videoLate, avi",
        "mp4, aac, videoLate, ts",
        "mp4, aac, cut, mp4",
        "mp4, aac, cut, mkv",
        "mp4, aac, cut, ts",
        "mp4, aac, cut, avi",
        "mp4, aac, cut, webm",
        "mkv, aac, plain, mp4",
        "mkv, aac, audioLate, mkv",
        "mkv, libopus, plain, mp4",
        "webm, libopus, plain, webm",
        "webm, libopus, plain, mp4",
        "webm, libopus, audioLate, mkv",
        "ts, aac, tenHours, ts",
        "ts, aac, tenHours, mp4",
        "ts, mp2, tenHours, mkv",
        "mov, pcm_s16le, audioLate, mov",
        "mov, pcm_s16le, audioLate, avi",
        "mov, pcm_s16le, videoLate, mkv",
        "avi, libmp3lame, plain, avi",
        "avi, libmp3lame, plain, mp4",
        "avi, pcm_s16le, plain, mkv"
    })
    void theOffsetIsKept(String container, String codec, String kind, String target) throws Exception {
        Path file = folder.resolve("clip." + container);
        FlashAndBeep.make(
                file,
                kind.equals("videoLate") ? List.of("-itsoffset", 0.3) : List.of(),
                kind.equals("audioLate") ? List.of("-itsoffset", 0.3) : List.of(),
                List.of(
                        "-c:v",
                        container.equals("webm") ? "libvpx" : "mpeg4",
                        "-g",
                        5,
                        "-c:a",
                        codec,
                        "-output_ts_offset",
                        kind.equals("tenHours") ? 36_000 : 0));
        if (kind.equals("cut")) {
            Path cut = folder.resolve("cut." + container);
            FfmpegProgram.run("-ss", 0.55, "-i", file, "-c", "copy", cut);
            file = cut;
        }
        Path copy = folder.resolve("copy." + target);
        FileCopy.copy(file, copy, StreamChoice.ALL);
        double tick = switch (target) {
            case "mkv", "webm" -> 0.001;
            default -> 0;
        };
        assertThat(FlashAndBeep.offset(copy))
                .as("offset of %s", FlashAndBeep.offset(file))
                .isCloseTo(FlashAndBeep.offset(file), within(tick + 0.001));
    }

    /** The end, too: an edit list may say that the last packet is heard in part only. */
    @ParameterizedTest
    @CsvSource({"mp4", "mov", "mkv"})
    void theEndIsKept(String container) throws Exception {
        Path file = FlashAndBeep.make(
                folder.resolve("clip.mp4"),
                List.of(),
                List.of(),
                List.of("-c:v", "mpeg4", "-c:a", "aac", "-shortest", "-t", 1.51));
        Path copy = folder.resolve("copy." + container);
        FileCopy.copy(file, copy, StreamChoice.ALL);
        assertThat(seconds(file)).isCloseTo(1.51, within(0.0001));
        if (container.equals("mkv")) {
            // FFmpeg's reader does what Matroska says of the last packet, unlike an edit list.
            assertThat(FlashAndBeep.end(copy)).isCloseTo(1.51, within(0.0011));
        } else {
            assertThat(seconds(copy)).isCloseTo(1.51, within(0.0001));
        }
    }

    /** As where a recorder was set anew: the sound has another rate and fewer channels from then on. */
    @Test
    void whereRecordingsAreJoined_soundGoesOn() throws Exception {
        List<String> parts = new ArrayList<>();
        for (int rate : List.of(48_000, 24_000)) {
            Path file = folder.resolve(rate + ".mkv");
            List<Object> codecs = List.of("-c:v", "mpeg4", "-c:a", "libmp3lame", "-ar", rate, "-ac", rate / 24_000);
            parts.add("file " + FlashAndBeep.make(file, List.of(), List.of(), codecs));
        }
        Path joined = folder.resolve("joined.mkv");
        Path list = Files.write(folder.resolve("parts.txt"), parts);
        FfmpegProgram.run("-f", "concat", "-safe", 0, "-i", list, "-c", "copy", joined);
        Path copy = folder.resolve("copy.webm");
        FileCopy.copy(joined, copy, StreamChoice.ALL);
        List<Double> beeps = FlashAndBeep.beeps(copy);
        assertThat(beeps).hasSize(2);
        assertThat(beeps.get(0)).isCloseTo(FlashAndBeep.flashes(copy).get(0), within(0.05));
        assertThat(beeps.get(1)).isCloseTo(FlashAndBeep.flashes(copy).get(1), within(0.05));
    }

    private static double seconds(Path file) throws Exception {
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            long audio = input.context().streams(1).duration();
            double unit =
                    Ffmpeg.rational(input.context().streams(1).time_base()).toDouble();
            return audio > 0 ? audio * unit : input.context().duration() / 1e6;
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void aRealRecordingGetsNoLonger() throws Exception {
        Path source = Footage.clip("plant_240p.mp4");
        Path copy = folder.resolve("copy.mp4");
        FileCopy.copy(source, copy, StreamChoice.ALL);
        try (MediaInput before = MediaInput.open(Source.of(source.toString()));
                MediaInput after = MediaInput.open(Source.of(copy.toString()))) {
            assertThat(after.context().streams(1).duration())
                    .isEqualTo(before.context().streams(1).duration());
        }
        assertThat(FlashAndBeep.samples(copy)).isEqualTo(FlashAndBeep.samples(source));
    }
}
