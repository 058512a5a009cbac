package io.kinolift.codec.group;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.frame.Codec;
import java.nio.ByteBuffer;

/** The NAL units of a byte stream (Annex B of ITU-T H.264 and H.265). */
final class NalUnits {
    private static final int H264_SLICE = 1;
    private static final int H264_PARTITION = 2;
    private static final int H264_IDR = 5;
    private static final int H264_SEI = 6;
    private static final int H264_SPS = 7;
    private static final int H264_PPS = 8;
    private static final int RECOVERY_POINT = 6;

    private static final int HEVC_LAST_SLICE = 31;
    private static final int HEVC_FIRST_IRAP = 16;
    private static final int HEVC_LAST_IRAP = 23;
    private static final int HEVC_VPS = 32;
    private static final int HEVC_SPS = 33;
    private static final int HEVC_PPS = 34;

    private final Codec codec;
    private final ByteBuffer bytes;
    private int pictures;
    private boolean videoParameters;
    private boolean sequenceParameters;
    private boolean pictureParameters;
    private boolean random;

    private NalUnits(Codec codec, ByteBuffer bytes) {
        this.codec = codec;
        this.bytes = bytes;
    }

    static AccessUnit accessUnit(Codec codec, ByteBuffer bytes) throws FrameCodecException {
        NalUnits units = new NalUnits(codec, bytes);
        int start = units.afterStartCode(0);
        if (start < 0 || start > 4) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected a byte stream of " + codec + " (Annex B), which begins with a start code, found "
                            + (bytes.limit() < 4 ? bytes.limit() + " bytes" : String.format("%08x", bytes.getInt(0))));
        }
        while (start >= 0) {
            int next = units.afterStartCode(start);
            units.see(start, next < 0 ? bytes.limit() : next - 3);
            start = next;
        }
        boolean configured = units.sequenceParameters && units.pictureParameters;
        return new AccessUnit(
                units.pictures, configured && (units.videoParameters || codec == Codec.H264), units.random);
    }

    /** The position behind the next start code; negative if there is none. */
    private int afterStartCode(int from) {
        for (int i = from; i + 2 < bytes.limit(); i++) {
            // Most bytes are above 1: then no start code can end before the byte two further on.
            int third = bytes.get(i + 2);
            if ((third & 0xFE) != 0) {
                i += 2;
            } else if (third == 1 && bytes.get(i) == 0 && bytes.get(i + 1) == 0) {
                return i + 3;
            }
        }
        return -1;
    }

    private void see(int from, int to) {
        if (codec == Codec.H264 && to - from >= 2) {
            seeH264(bytes.get(from) & 0x1F, from + 1, to);
        } else if (codec == Codec.HEVC && to - from >= 3) {
            boolean baseLayer = (bytes.get(from) & 1) == 0 && (bytes.get(from + 1) & 0xF8) == 0;
            if (baseLayer) {
                seeHevc(bytes.get(from) >> 1 & 0x3F, from + 2);
            }
        }
    }

    private void seeH264(int type, int content, int to) {
        switch (type) {
            case H264_SLICE, H264_PARTITION, H264_IDR -> {
                // The number of the slice's first macroblock is 0 if the first bit is 1.
                pictures += bytes.get(content) < 0 ? 1 : 0;
                random |= type == H264_IDR;
            }
            case H264_SEI -> random |= isExactRecoveryPoint(content, to);
            case H264_SPS -> sequenceParameters = true;
            case H264_PPS -> pictureParameters = true;
            default -> {}
        }
    }

    /** A recovery point at this very picture, from which pictures are exactly right. */
    private boolean isExactRecoveryPoint(int from, int to) {
        int at = from;
        while (at + 2 < to) {
            int type = bytes.get(at++) & 0xFF;
            int size = bytes.get(at++) & 0xFF;
            if (type == 0xFF || size == 0xFF) {
                // Long messages are of other kinds, and come last.
                return false;
            }
            if (type == RECOVERY_POINT) {
                // recovery_frame_cnt 0 is the bit 1, then comes exact_match_flag.
                return (bytes.get(at) & 0xC0) == 0xC0;
            }
            at += size;
        }
        return false;
    }

    private void seeHevc(int type, int content) {
        if (type <= HEVC_LAST_SLICE) {
            // first_slice_segment_in_pic_flag
            pictures += bytes.get(content) < 0 ? 1 : 0;
            random |= type >= HEVC_FIRST_IRAP && type <= HEVC_LAST_IRAP;
        } else if (type == HEVC_VPS) {
            videoParameters = true;
        } else if (type == HEVC_SPS) {
            sequenceParameters = true;
        } else if (type == HEVC_PPS) {
            pictureParameters = true;
        }
    }
}
