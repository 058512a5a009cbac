package io.kinolift.video;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * The mastering display and light level that a packet of AV1 states. FFmpeg's decoders in the processor leave them out.
 *
 * @see <a href="https://aomediacodec.github.io/av1-spec/">AV1, sections 5.3, 5.8.3 and 5.8.4</a>
 */
final class Av1Metadata {
    private static final int OBU_METADATA = 5;
    private static final int LIGHT_LEVEL = 1;
    private static final int MASTERING_DISPLAY = 2;

    /** Of AVMasteringDisplayMetadata and AVContentLightMetadata. */
    private static final int DISPLAY_BYTES = 88;

    private static final int LIGHT_BYTES = 8;
    private static final int MAX_LEB128_BYTES = 8;

    private Av1Metadata() {}

    /** What of it is there; units that are cut off count as none. */
    static List<PictureSideData.Item> of(ByteBuffer packet) {
        List<PictureSideData.Item> items = new ArrayList<>();
        ByteBuffer rest = packet.slice().order(ByteOrder.BIG_ENDIAN);
        try {
            while (rest.hasRemaining()) {
                int header = rest.get();
                boolean extended = (header & 4) != 0;
                boolean sized = (header & 2) != 0;
                if (extended) {
                    rest.get();
                }
                int size = sized ? leb128(rest) : rest.remaining();
                if (size < 0 || size > rest.remaining()) {
                    return items;
                }
                if ((header >> 3 & 15) == OBU_METADATA) {
                    addTo(items, rest.slice(rest.position(), size).order(ByteOrder.BIG_ENDIAN));
                }
                rest.position(rest.position() + size);
            }
        } catch (BufferUnderflowException _) {
            return items;
        }
        return items;
    }

    private static int leb128(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < MAX_LEB128_BYTES; i++) {
            int next = bytes.get();
            value |= (next & 127L) << (7 * i);
            if (next >= 0) {
                return (int) Math.min(value, Integer.MAX_VALUE);
            }
        }
        return -1;
    }

    private static void addTo(List<PictureSideData.Item> items, ByteBuffer unit) {
        int type = leb128(unit);
        if (type == LIGHT_LEVEL) {
            ByteBuffer light = ByteBuffer.allocate(LIGHT_BYTES).order(ByteOrder.nativeOrder());
            light.putInt(Short.toUnsignedInt(unit.getShort())).putInt(Short.toUnsignedInt(unit.getShort()));
            items.add(new PictureSideData.Item(avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL, light.array()));
        } else if (type == MASTERING_DISPLAY) {
            items.add(new PictureSideData.Item(
                    avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA,
                    display(unit).array()));
        }
    }

    /** Three primaries and the white point, each of x and y; then the least and the most light. */
    private static ByteBuffer display(ByteBuffer unit) {
        ByteBuffer display = ByteBuffer.allocate(DISPLAY_BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 8; i++) {
            display.putInt(Short.toUnsignedInt(unit.getShort())).putInt(1 << 16);
        }
        int most = unit.getInt();
        int least = unit.getInt();
        display.putInt(least).putInt(1 << 14).putInt(most).putInt(1 << 8);
        // Both are stated.
        return display.putInt(1).putInt(1);
    }
}
