package io.kinolift.codec.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMetadataTest {
    private static final int HEADER_OF_PNG = 33;

    private static byte[] image(String kind) throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_BYTE_GRAY), kind, image))
                .isTrue();
        return image.toByteArray();
    }

    private static byte[] inserted(byte[] image, int at, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(image, 0, at);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        out.write(image, at, image.length - at);
        return out.toByteArray();
    }

    /** With a tag before the orientation, as cameras write it. */
    static byte[] exif(int orientation, ByteOrder order) {
        ByteBuffer exif = ByteBuffer.allocate(48);
        exif.putShort((short) 0xFFE1).putShort((short) 46).put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
        exif.order(order);
        exif.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
        exif.putShort((short) 42).putInt(8).putShort((short) 2);
        exif.putShort((short) 0x0100)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 99)
                .putShort((short) 0);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        return exif.array();
    }

    private static byte[] profile() {
        byte[] segment = new byte[2 + 2 + 12 + 20];
        ByteBuffer.wrap(segment)
                .putShort((short) 0xFFE2)
                .putShort((short) (segment.length - 2))
                .put("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));
        return segment;
    }

    private static byte[] chunk(String name, byte... content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
        chunk.put(name.getBytes(StandardCharsets.US_ASCII)).put(content);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) sum.getValue()).array();
    }

    @Test
    void aJpegKeepsItsOrientationAndProfile_andNothingElse() throws Exception {
        byte[] comment = {(byte) 0xFF, (byte) 0xFE, 0, 4, 'h', 'i'};
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] source = inserted(image("jpg"), 2, exif(6, order), comment, profile());
            byte[] metadata = ImageMetadata.of(ByteBuffer.wrap(source));
            assertThat(metadata).hasSize(36 + profile().length);
            byte[] written = ImageMetadata.insert(metadata, image("jpg"));
            assertThat(ImageMetadata.of(ByteBuffer.wrap(written))).isEqualTo(metadata);
            assertThat(metadata[29]).isEqualTo((byte) 6);
            assertThat(ImageHeader.read(ByteBuffer.wrap(written))).hasToString("JPEG GRAY8 8x6");
            // JFIF's segment stays the first.
            assertThat(Arrays.copyOf(written, 4)).isEqualTo(Arrays.copyOf(image("jpg"), 4));
            assertThat(ImageIO.read(new ByteArrayInputStream(written)).getWidth())
                    .isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 65_535})
    void anOrientationThatSaysNothing_isLeftOut(int orientation) throws Exception {
        byte[] source = inserted(image("jpg"), 2, exif(orientation, ByteOrder.BIG_ENDIAN));
        assertThat(ImageMetadata.of(ByteBuffer.wrap(source))).isEmpty();
    }

    @Test
    void aPngKeepsWhatItsColoursMean() throws Exception {
        byte[] gamma = chunk("gAMA", (byte) 0, (byte) 0, (byte) 0xB1, (byte) 0x8F);
        byte[] source = inserted(image("png"), HEADER_OF_PNG, gamma, chunk("tEXt", (byte) 'a', (byte) 0));
        byte[] metadata = ImageMetadata.of(ByteBuffer.wrap(source));
        assertThat(metadata).isEqualTo(gamma);
        byte[] written = ImageMetadata.insert(metadata, image("png"));
        assertThat(ImageMetadata.of(ByteBuffer.wrap(written))).isEqualTo(gamma);
        assertThat(ImageIO.read(new ByteArrayInputStream(written)).getHeight()).isEqualTo(6);
        assertThat(ImageMetadata.insert(metadata, written)).as("not twice").isEqualTo(written);
    }

    @Test
    void anotherKindOfImage_getsNothing() throws Exception {
        byte[] metadata = ImageMetadata.of(ByteBuffer.wrap(inserted(image("jpg"), 2, exif(3, ByteOrder.BIG_ENDIAN))));
        byte[] png = image("png");
        assertThat(ImageMetadata.insert(metadata, png)).isSameAs(png);
        assertThat(ImageMetadata.of(ByteBuffer.wrap(image("bmp")))).isEmpty();
        assertThat(ImageMetadata.of(ByteBuffer.allocate(0))).isEmpty();
    }

    /** Cut off, and with bytes of chance: nothing is thrown. */
    @Test
    void damage_isNoError() throws Exception {
        Random random = new Random(3);
        for (byte[] whole : new byte[][] {
            inserted(image("jpg"), 2, exif(6, ByteOrder.LITTLE_ENDIAN), profile()),
            inserted(image("png"), HEADER_OF_PNG, chunk("gAMA", (byte) 0, (byte) 0, (byte) 1, (byte) 2))
        }) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThat(ImageMetadata.of(ByteBuffer.wrap(cut)).length).isLessThan(200);
                for (int i = 0; i < 20 && length > 12; i++) {
                    byte[] damaged = cut.clone();
                    damaged[8 + random.nextInt(length - 8)] = (byte) random.nextInt();
                    assertThat(ImageMetadata.of(ByteBuffer.wrap(damaged)).length)
                            .isLessThan(1000);
                }
            }
        }
    }
}
