package io.kinolift.codec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of image that the ffmpeg program writes: the header says what the decoder then gives. */
class ImagesOfAllKindsTest {
    private static final String SIZE = "37x21";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "png, gray, GRAY8",
        "png, rgb24, RGB24",
        "png, rgba, RGBA",
        "png, ya8, RGBA",
        "png, gray16be, GRAY16",
        "png, rgb48be, RGB48",
        "png, rgba64be, GBRAP16",
        "png, ya16be, GBRAP16",
        "png, monob, GRAY8",
        "png, pal8, RGB24",
        "jpg, yuvj420p, YUV420P",
        "jpg, yuvj422p, YUV422P",
        "jpg, yuvj444p, YUV444P",
        "bmp, bgr24, BGR24",
        "bmp, bgra, BGR24",
        "bmp, rgb565le, RGB24",
        "bmp, rgb555le, RGB24",
        "bmp, gray, RGB24",
        "bmp, pal8, RGB24",
        "bmp, monob, RGB24",
        "bmp, rgb8, RGB24",
        "tiff, rgb24, RGB24",
        "tiff, rgb48le, RGB48",
        "tiff, rgba, RGBA",
        "tiff, rgba64le, GBRAP16",
        "tiff, gray, GRAY8",
        "tiff, gray16le, GRAY16",
        "tiff, ya8, RGBA",
        "tiff, ya16le, GBRAP16",
        "tiff, monob, GRAY8",
        "tiff, pal8, RGB24"
    })
    void theHeaderSaysWhatIsDecoded(String container, String layout, String expected) throws Exception {
        Path image = folder.resolve("image." + container);
        write(image, "-pix_fmt", layout);
        assertDecodes(image, expected);
    }

    @ParameterizedTest
    @CsvSource({"0, yuv420p, YUV420P", "0, yuva420p, RGBA", "1, bgra, RGBA", "1, rgb24, RGB24"})
    void webp(String lossless, String layout, String expected) throws Exception {
        Path image = folder.resolve("image.webp");
        // An alpha of one half: where all is opaque, the encoder leaves it out.
        String alpha =
                layout.contains("a") ? "format=rgba,colorchannelmixer=aa=0.5,format=" + layout : "format=" + layout;
        write(image, "-vf", alpha, "-c:v", "libwebp", "-lossless", lossless);
        assertDecodes(image, expected);
    }

    /** A frame's header may name another codec than its bytes are of. */
    @ParameterizedTest
    @CsvSource({"png, TIFF", "png, BMP", "png, WEBP", "bmp, TIFF", "jpg, TIFF"})
    void bytesOfAnotherKind_areUndecodable(String container, Codec stated) throws Exception {
        Path image = folder.resolve("image." + container);
        write(image, "-pix_fmt", container.equals("jpg") ? "yuvj420p" : container.equals("png") ? "rgb24" : "bgr24");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(image));
        FrameFormat format = ImageHeader.read(bytes).withCodec(stated);
        try (FrameDecoder decoder = FrameCodecs.decoder(stated, DecoderLimits.DEFAULT)) {
            assertThatThrownBy(() -> decoder.decode(format, bytes))
                    .isInstanceOf(FrameCodecException.class)
                    .hasMessageContaining("expected " + stated + ", found ");
        }
    }

    private static void write(Path image, Object... options) {
        Object[] arguments = new Object[options.length + 8];
        Object[] before = {"-f", "lavfi", "-i", "testsrc2=size=64x48,format=gbrp,crop=37:21:1:1", "-frames:v", "1"};
        System.arraycopy(before, 0, arguments, 0, before.length);
        System.arraycopy(options, 0, arguments, before.length, options.length);
        arguments[arguments.length - 2] = "-y";
        arguments[arguments.length - 1] = image;
        FfmpegProgram.run(arguments);
    }

    /** The samples are those that the program itself finds. */
    private void assertDecodes(Path image, String expected) throws Exception {
        byte[] bytes = Files.readAllBytes(image);
        FrameFormat format = ImageHeader.read(ByteBuffer.wrap(bytes));
        assertThat(format.width() + "x" + format.height()).isEqualTo(SIZE);
        assertThat(format.pixelFormat()).hasToString(expected);
        Path raw = folder.resolve("raw");
        String wanted = expected.toLowerCase(Locale.ROOT);
        String name = format.pixelFormat().bitDepth() > Byte.SIZE ? wanted + "le" : wanted;
        FfmpegProgram.run(
                "-i",
                image,
                "-sws_flags",
                "accurate_rnd+full_chroma_int+full_chroma_inp+bicubic",
                "-pix_fmt",
                name,
                "-f",
                "rawvideo",
                "-y",
                raw);
        try (FrameDecoder decoder = FrameCodecs.decoder(format.codec(), DecoderLimits.DEFAULT);
                Picture picture = decoder.decode(format, ByteBuffer.wrap(bytes))) {
            byte[] ours = TestPictures.samples(picture);
            byte[] theirs = Files.readAllBytes(raw);
            assertThat(ours).hasSameSizeAs(theirs);
            assertThat(TestPictures.meanDifference(ours, theirs)).isLessThan(0.1);
        }
    }
}
