package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.Test;

class Av1MetadataTest {
    /** A temporal delimiter, the light level 1000 and 400, a mastering display, and the beginning of a frame. */
    private static final String PACKET = "1200"
            + "2A06" + "01" + "03E8" + "0190" + "80"
            + "2A1A" + "02" + "B5C3551E" + "3D71B0A3" + "26660F5C" + "50115460" + "000F4240" + "00000002" + "80"
            + "320A" + "0102030405060708090A";

    private static List<PictureSideData.Item> read(byte[] packet) {
        return Av1Metadata.of(ByteBuffer.wrap(packet));
    }

    @Test
    void theDisplayAndTheLightAreRead() {
        List<PictureSideData.Item> items = read(HexFormat.of().parseHex(PACKET));
        assertThat(items)
                .extracting(PictureSideData.Item::type)
                .containsExactly(
                        avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL, avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA);
        ByteBuffer light = ByteBuffer.wrap(items.getFirst().bytes()).order(ByteOrder.nativeOrder());
        assertThat(light.getInt()).isEqualTo(1000);
        assertThat(light.getInt()).isEqualTo(400);
        ByteBuffer display = ByteBuffer.wrap(items.getLast().bytes()).order(ByteOrder.nativeOrder());
        assertThat((double) display.getInt() / display.getInt()).isCloseTo(0.71, within(1e-4));
        // The least light and the most, behind four places of two fractions each.
        display.position(64);
        assertThat((double) display.getInt() / display.getInt()).isEqualTo(2.0 / 16_384);
        assertThat((double) display.getInt() / display.getInt()).isEqualTo(1_000_000 / 256.0);
    }

    @Test
    void whatIsCutOffCountsAsNone() {
        byte[] packet = HexFormat.of().parseHex(PACKET);
        for (int length = 0; length < packet.length; length++) {
            assertThat(read(Arrays.copyOf(packet, length)).size()).isLessThanOrEqualTo(2);
        }
        assertThat(read(new byte[] {0x2A, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f}))
                .isEmpty();
    }
}
