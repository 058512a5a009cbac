package io.kinolift.codec.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The part of an image's metadata that decides how it is shown: which side is up (Exif's orientation), and what its
 * colours mean (ICC profile, PNG's gamma). When another picture of the same kind takes the image's place, it must say the
 * same. All other metadata, such as place, camera and preview, belong to the old picture.
 */
public final class ImageMetadata {
    private static final byte[] NONE = {};
    /** A profile is mostly 3 KB; with larger ones, an image would be larger than its picture. */
    private static final int MOST_BYTES = 1 << 18;

    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int START_OF_SCAN = 0xDA;
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY_BYTES = 12;
    private static final int PNG_SIGNATURE_BYTES = 8;
    /** Length, name and check sum. */
    private static final int PNG_CHUNK_BYTES = 12;

    private ImageMetadata() {}

    /** Segments of a JPEG or chunks of a PNG; no bytes if there are none, or for other images. */
    public static byte[] of(ByteBuffer image) {
        Bytes bytes = new Bytes(image);
        try {
            byte[] found = isJpeg(bytes) ? ofJpeg(bytes) : isPng(bytes) ? ofPng(bytes) : NONE;
            return found.length > MOST_BYTES ? NONE : found;
        } catch (ImageHeaderException _) {
            // It is cut off. The decoder says so.
            return NONE;
        }
    }

    /**
     * An image with metadata in it.
     *
     * @param image as an encoder has made it
     * @param metadata of an image of the same kind
     */
    public static byte[] insert(byte[] metadata, byte[] image) {
        ByteBuffer bytes = ByteBuffer.wrap(image);
        boolean isJpeg = isJpeg(new Bytes(bytes));
        // An encoder may have written the same itself: twice would be an error.
        if (metadata.length == 0 || (metadata[0] == (byte) 0xFF) != isJpeg || of(bytes).length > 0) {
            return image;
        }
        // JFIF's own segment and PNG's size must come first.
        int at = isJpeg
                ? 2 + (image[3] == (byte) APP0 ? 2 + Short.toUnsignedInt(bytes.getShort(4)) : 0)
                : PNG_SIGNATURE_BYTES + PNG_CHUNK_BYTES + bytes.getInt(PNG_SIGNATURE_BYTES);
        return ByteBuffer.allocate(image.length + metadata.length)
                .put(image, 0, at)
                .put(metadata)
                .put(image, at, image.length - at)
                .array();
    }

    private static boolean isJpeg(Bytes bytes) {
        return bytes.startsWith(0, 0xFF, 0xD8, 0xFF);
    }

    private static boolean isPng(Bytes bytes) {
        return bytes.startsWith(0, 0x89, 'P', 'N', 'G');
    }

    private static byte[] ofJpeg(Bytes bytes) throws ImageHeaderException {
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        int at = 2;
        while (bytes.u8(at) == 0xFF && bytes.u8(at + 1) != START_OF_SCAN) {
            int marker = bytes.u8(at + 1);
            if (marker == 0xFF) {
                at++;
                continue;
            }
            int length = 2 + Math.max(2, bytes.u16(at + 2));
            if (marker == APP1 && bytes.startsWith(at + 4, 'E', 'x', 'i', 'f', 0, 0)) {
                int orientation = orientation(bytes, at + 10);
                found.writeBytes(orientation > 1 && orientation <= 8 ? exif(orientation) : NONE);
            } else if (marker == APP2
                    && bytes.startsWith(at + 4, 'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E')) {
                found.writeBytes(bytes.copy(at, length));
            }
            at += length;
        }
        return found.toByteArray();
    }

    /**
     * The orientation in a TIFF header, 1 to 8.
     *
     * @return 0 if it says none
     */
    private static int orientation(Bytes all, int tiff) throws ImageHeaderException {
        Bytes bytes = all.u8(tiff) == 'I' ? all.littleEndian() : all;
        long directory = tiff + bytes.u32(tiff + 4);
        int entries = bytes.u16(directory);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) i * ENTRY_BYTES;
            if (bytes.u16(entry) == ORIENTATION) {
                return bytes.u16(entry + 8);
            }
        }
        return 0;
    }

    /** A segment with nothing but the orientation. */
    private static byte[] exif(int orientation) {
        return ByteBuffer.allocate(36)
                .putShort((short) 0xFFE1)
                .putShort((short) 34)
                .put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M'})
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) ORIENTATION)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    private static byte[] ofPng(Bytes bytes) throws ImageHeaderException {
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        long at = PNG_SIGNATURE_BYTES;
        for (long size = bytes.u32(at); !bytes.startsWith((int) at + 4, 'I', 'D', 'A', 'T'); size = bytes.u32(at)) {
            long length = PNG_CHUNK_BYTES + size;
            if (isShown(bytes, (int) at + 4) && length <= MOST_BYTES) {
                found.writeBytes(bytes.copy((int) at, (int) length));
            }
            at += length;
        }
        return found.toByteArray();
    }

    private static boolean isShown(Bytes bytes, int name) {
        return bytes.startsWith(name, 'i', 'C', 'C', 'P')
                || bytes.startsWith(name, 's', 'R', 'G', 'B')
                || bytes.startsWith(name, 'g', 'A', 'M', 'A')
                || bytes.startsWith(name, 'c', 'H', 'R', 'M')
                || bytes.startsWith(name, 'e', 'X', 'I', 'f');
    }
}
