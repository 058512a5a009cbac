package io.kinolift.video.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.ScreenScaler;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.video.FlashAndBeep;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two seconds of 25 pictures per second in fragments of ten, with packets of 20 ms of PCM; a beep every half second. */
class FragmentSoundTest {
    private static final int RATE = 16_000;
    private static final int SAMPLES = RATE / 50;
    private static final int PICTURES = 50;
    private static final int IN_A_FRAGMENT = 10;
    private static final Rational PICTURE = Rational.of(1, 25);

    @TempDir
    Path folder;

    private static SoundTrack track(String codec) {
        return new SoundTrack(
                0, "", "", codec, RATE, 1, "mono", 0, 2, 16, 0, ByteBuffer.allocate(0), Rational.of(1, RATE));
    }

    /** @param number 0 begins at time 0 */
    private static SoundPacket packet(long number) {
        ByteBuffer samples = ByteBuffer.allocate(2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = number * SAMPLES; samples.hasRemaining(); at++) {
            boolean beeps = Math.floorMod(at, RATE / 2) < RATE / 10;
            samples.putShort((short) (beeps ? 20_000 * Math.cos(2 * Math.PI * 1000 * at / RATE) : 0));
        }
        return new SoundPacket(track("pcm_s16le"), number * SAMPLES, SAMPLES, false, samples.flip());
    }

    private static FragmentWriter writer(String codec, long startMicros) throws VideoException {
        return new FragmentWriter(
                64,
                48,
                Rational.ONE,
                ScreenScaler.ofVideo(Colour.UNSPECIFIED, 48),
                PICTURE,
                PICTURE.inverse(),
                startMicros,
                track(codec));
    }

    /** Writes two seconds, with those packets of sound that are there. */
    private Path write(long startMicros, LongPredicate isThere) throws VideoException, IOException {
        Path file = folder.resolve("sound.mp4");
        try (FragmentWriter writer = writer("pcm_s16le", startMicros);
                OutputStream out = Files.newOutputStream(file)) {
            out.write(writer.header());
            long next = -3;
            for (int i = 0; i < PICTURES; i++) {
                try (Picture picture = new AvPictures().allocate(PixelFormat.YUV420P, 64, 48)) {
                    writer.encode(picture, i % IN_A_FRAGMENT == 0);
                }
                writer.place(i, 1);
                if (i % IN_A_FRAGMENT == IN_A_FRAGMENT - 1) {
                    for (; next < 2L * (i + 1); next++) {
                        assertThat(!isThere.test(next) || writer.addSound(packet(next)))
                                .isTrue();
                    }
                    writer.fillSoundUntil(i + 1);
                    out.write(writer.cut());
                }
            }
        }
        return file;
    }

    private static List<String> packets(Path file, String track) throws IOException {
        Process process = new ProcessBuilder(
                        Loader.load(org.bytedeco.ffmpeg.ffprobe.class),
                        "-v",
                        "error",
                        "-select_streams",
                        track,
                        "-show_entries",
                        "packet=pts_time",
                        "-of",
                        "csv=p=0",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        return process.inputReader().lines().toList();
    }

    private static void assertWithoutAPause(Path file) throws IOException {
        List<String> packets = packets(file, "a");
        assertThat(packets).hasSizeBetween(2 * RATE / 1024 - 2, 2 * RATE / 1024 + 1);
        for (int i = 0; i < packets.size(); i++) {
            assertThat(packets.get(i)).isEqualTo("%.6f".formatted(i * 1024.0 / RATE));
        }
    }

    @Test
    void soundIsHeardAtItsTime_fromTheFirstPictureOn() throws Exception {
        Path file = write(0, _ -> true);
        assertWithoutAPause(file);
        assertThat(FlashAndBeep.beeps(file))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 0.002 ? 0 : Double.compare(a, b))
                .containsExactly(0.5, 1.0, 1.5);
    }

    @Test
    void whatFollowsSomethingElse_beginsWhereThatEnds() throws Exception {
        Path file = write(10_000_000, _ -> true);
        assertThat(packets(file, "v").getFirst()).isEqualTo("10.000000");
        assertThat(packets(file, "v").getLast()).isEqualTo("11.960000");
        assertThat(packets(file, "a").getFirst()).isEqualTo("10.000000");
        assertThat(packets(file, "a").get(1)).isEqualTo("10.064000");
    }

    @Test
    void whatIsMissing_isSilence_andWhatFollowsIsAtItsTime() throws Exception {
        // A single packet in the quiet before the second beep, the third beep, and all after 1.8 s.
        Path file = write(0, number -> number != 35 && (number < 75 || number >= 80) && number < 90);
        assertWithoutAPause(file);
        List<Double> beeps = FlashAndBeep.beeps(file);
        assertThat(beeps).hasSize(2);
        assertThat(beeps.get(0)).isCloseTo(0.5, within(0.002));
        assertThat(beeps.get(1)).isCloseTo(1.0, within(0.002));
    }

    @Test
    void withoutAnySound_theTrackIsSilent() throws Exception {
        Path file = write(0, _ -> false);
        assertWithoutAPause(file);
        assertThat(FlashAndBeep.beeps(file)).isEmpty();
    }

    @Test
    void whatComesTooLate_isRefused() throws Exception {
        try (FragmentWriter writer = writer("pcm_s16le", 0)) {
            assertThat(writer.addSound(packet(0))).isTrue();
            writer.fillSoundUntil(10);
            assertThat(writer.addSound(packet(5))).isFalse();
            assertThat(writer.addSound(packet(20))).isTrue();
        }
    }

    @Test
    void aCodecThatNobodyKnows_isRefused() {
        assertThatThrownBy(() -> writer("theremin", 0))
                .isInstanceOf(VideoException.class)
                .hasMessage("expected an audio codec that FFmpeg knows, found \"theremin\"");
    }
}
