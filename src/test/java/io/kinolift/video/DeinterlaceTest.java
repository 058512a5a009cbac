package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Video of 50 pictures per second, as 25 frames of two fields, and back. */
class DeinterlaceTest {
    private static final String MOVING =
            "testsrc2=size=320x240:rate=50:duration=1,gblur=sigma=1.5,scroll=horizontal=0.02";
    private static final int FIELDS = 50;
    private static final int FRAMES = 25;

    @TempDir
    Path folder;

    private record Read(
            VideoInfo info,
            List<Long> pts,
            List<Long> durations,
            List<byte[]> luma,
            List<String> sizes,
            String remark) {}

    @BeforeEach
    void requireProgram() {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
    }

    private Path interlaced(String name, boolean topFirst, Object... encoder) {
        Path file = folder.resolve(name);
        List<Object> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                MOVING + ",setfield=tff,separatefields,select='"
                        + (topFirst ? "eq(mod(n,4),0)+eq(mod(n,4),3)" : "eq(mod(n,4),1)+eq(mod(n,4),2)")
                        + "',weave=first_field=" + (topFirst ? "top" : "bottom") + ",settb=1/25,setpts=N,setfield="
                        + (topFirst ? "tff" : "bff"),
                "-r",
                25));
        arguments.addAll(List.of(encoder));
        arguments.add(file);
        FfmpegProgram.run(arguments.toArray());
        return file;
    }

    private static Read read(Path file, Deinterlace mode) throws VideoException {
        List<Long> pts = new ArrayList<>();
        List<Long> durations = new ArrayList<>();
        List<byte[]> luma = new ArrayList<>();
        List<String> sizes = new ArrayList<>();
        Source source = new Source(file.toString(), "", Map.of(), mode);
        try (VideoReader reader = VideoReader.open(source, ReaderLimits.DEFAULT)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                try (TimedPicture timed = next) {
                    pts.add(timed.pts());
                    durations.add(timed.duration());
                    luma.add(luma(timed.picture().plane(0)));
                    sizes.add(timed.picture().width() + "x" + timed.picture().height());
                }
            }
            return new Read(
                    reader.info(),
                    pts,
                    durations,
                    luma,
                    sizes,
                    reader.remarks().stream().findFirst().orElse(null));
        }
    }

    private static byte[] luma(Plane plane) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                bytes.write(plane.sample(x, y));
            }
        }
        return bytes.toByteArray();
    }

    /** Of the worst picture but the first and the last, which lack a neighbour. */
    private static double leastPsnr(List<byte[]> pictures, List<byte[]> originals, int step) {
        double least = Double.MAX_VALUE;
        for (int i = 1; i < pictures.size() - 1; i++) {
            least = Math.min(least, psnr(pictures.get(i), originals.get(step * i)));
        }
        return least;
    }

    private static double psnr(byte[] a, byte[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (a[i] & 0xff) - (b[i] & 0xff);
            sum += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255 * a.length / Math.max(sum, 1e-9));
    }

    private List<byte[]> original() throws VideoException {
        Path file = folder.resolve("original.mkv");
        FfmpegProgram.run("-f", "lavfi", "-i", MOVING, "-c:v", "ffv1", file);
        return read(file, Deinterlace.REFUSE).luma();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void fieldsBecomePictures_atTheirTimes(boolean topFirst) throws Exception {
        Path file = interlaced("fields.mkv", topFirst, "-c:v", "ffv1");
        List<byte[]> original = original();
        Read fields = read(file, Deinterlace.FIELD);
        assertThat(fields.info.timeBase()).isEqualTo(Rational.of(1, 2000));
        assertThat(fields.info.frameRate()).isEqualTo(Rational.of(50));
        assertThat(fields.pts)
                .containsExactlyElementsOf(
                        LongStream.range(0, FIELDS).mapToObj(i -> 40 * i).toList());
        assertThat(fields.durations).containsOnly(40L);
        assertThat(leastPsnr(fields.luma, original, 1)).isGreaterThan(33);
        assertThat(leastPsnr(read(file, Deinterlace.OFF).luma, original, 2))
                .as("two times in one picture")
                .isLessThan(30);
        assertThat(EvenTimes.rate(new Source(file.toString(), "", Map.of(), Deinterlace.FIELD), fields.info))
                .isEqualTo(Rational.of(50));
    }

    @Test
    void framesBecomePictures_andThatIsSaid() throws Exception {
        Path file = interlaced("frames.mkv", true, "-c:v", "ffv1");
        Read frames = read(file, Deinterlace.AUTO);
        assertThat(frames.info.timeBase()).isEqualTo(Rational.of(1, 1000));
        assertThat(frames.pts)
                .containsExactlyElementsOf(
                        LongStream.range(0, FRAMES).mapToObj(i -> 40 * i).toList());
        assertThat(frames.durations).containsOnly(40L);
        assertThat(leastPsnr(frames.luma, original(), 2)).isGreaterThan(33);
        assertThat(frames.remark).startsWith("25 of 25 frames are marked as interlaced");
        assertThatThrownBy(() -> read(file, Deinterlace.REFUSE))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("expected progressive video, found interlaced frames")
                .hasMessageContaining("--deinterlace frame|field");
    }

    @Test
    void framesWithoutMarks_areFilteredOnRequestOnly() throws Exception {
        Path file = interlaced("unmarked.y4m", true, "-vf", "setfield=prog");
        List<byte[]> original = original();
        Read auto = read(file, Deinterlace.AUTO);
        assertThat(auto.remark).isNull();
        assertThat(leastPsnr(auto.luma, original, 2)).isLessThan(30);
        assertThat(leastPsnr(read(file, Deinterlace.FRAME).luma, original, 2)).isGreaterThan(33);
        assertThat(leastPsnr(read(file, Deinterlace.FIELD).luma, original, 1)).isGreaterThan(33);
    }

    /** Of several layouts, coded by macroblock or field, from containers with several clocks. */
    @ParameterizedTest
    @CsvSource({
        "dv.avi, dvvideo, yuv411p, 720x480, 30000/1001",
        "mpeg2.ts, mpeg2video, yuv420p, 320x240, 25",
        "mpeg2.mkv, mpeg2video, yuv422p, 320x240, 25",
        "capture.avi, rawvideo, uyvy422, 320x240, 25",
        "deep.mkv, ffv1, yuv422p10le, 320x240, 25"
    })
    void everyKindIsRead(String name, String codec, String layout, String size, String rate) throws Exception {
        Path file = folder.resolve(name);
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=" + rate + ":duration=0.41,setfield=bff",
                "-c:v",
                codec,
                "-pix_fmt",
                layout,
                "-flags",
                "+ildct+ilme",
                "-field_order",
                "bb",
                file);
        int frames = read(file, Deinterlace.OFF).pts.size();
        assertThat(frames).isGreaterThan(9);
        Read fields = read(file, Deinterlace.FIELD);
        assertThat(fields.pts).hasSize(2 * frames).isSorted().doesNotHaveDuplicates();
        double step = 1 / (2 * Rational.parse(rate).toDouble());
        double unit = fields.info.timeBase().toDouble();
        for (int i = 0; i < fields.pts.size(); i++) {
            assertThat(Math.abs((fields.pts.get(i) - fields.pts.getFirst()) * unit - i * step))
                    .isLessThan(0.001);
        }
        assertThat(read(file, Deinterlace.AUTO).pts).hasSize(frames);
    }

    @Test
    void aNewSize_andProgressivePartsBetween() throws Exception {
        Path small = folder.resolve("a.ts");
        Path large = folder.resolve("b.ts");
        Path progressive = folder.resolve("c.ts");
        part(small, "320x240", "setfield=tff", "+ildct+ilme");
        part(large, "352x288", "setfield=tff", "+ildct+ilme");
        part(progressive, "352x288", "setfield=prog", "+bitexact");
        Path all = folder.resolve("all.m2v");
        try (var out = Files.newOutputStream(all)) {
            for (Path part : List.of(progressive, small, large, progressive)) {
                Path plain = folder.resolve("plain.m2v");
                FfmpegProgram.run("-i", part, "-c", "copy", plain);
                out.write(Files.readAllBytes(plain));
            }
        }
        int frames = read(all, Deinterlace.OFF).pts.size();
        Read auto = read(all, Deinterlace.AUTO);
        assertThat(auto.pts).hasSize(frames).isSorted().doesNotHaveDuplicates();
        assertThat(auto.sizes).startsWith("352x288").contains("320x240").endsWith("352x288");
        Read fields = read(all, Deinterlace.FIELD);
        assertThat(fields.pts).hasSize(2 * frames).isSorted().doesNotHaveDuplicates();
    }

    private static void part(Path file, String size, String field, String flags) {
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=25:duration=0.4," + field,
                "-c:v",
                "mpeg2video",
                "-flags",
                flags,
                file);
    }

    @Test
    void oneFrame_isTwoFields() throws Exception {
        Path file = folder.resolve("one.mkv");
        FfmpegProgram.run("-f", "lavfi", "-i", "testsrc2=rate=25,setfield=tff", "-frames:v", "1", "-c:v", "ffv1", file);
        assertThat(read(file, Deinterlace.FIELD).pts).hasSize(2).isSorted().doesNotHaveDuplicates();
        assertThat(read(file, Deinterlace.AUTO).pts).containsExactly(0L);
    }
}
