package io.kinolift.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * What a video says once about all its pictures besides their colour: how a player turns or mirrors them, stereo and
 * spherical views, the display they were made on and their light level (HDR10). It stays true of larger pictures.
 *
 * @param width of the pictures that the matrix was made for
 * @param height of these pictures
 */
public record PictureSideData(int width, int height, List<Item> items) {
    public static final PictureSideData NONE = new PictureSideData(1, 1, List.of());

    private static final int MATRIX_NUMBERS = 9;

    /** Types that are carried, as FFmpeg numbers them in packets and in frames. */
    private static final Map<Integer, Integer> FRAME_TYPES = Map.of(
            avcodec.AV_PKT_DATA_DISPLAYMATRIX, avutil.AV_FRAME_DATA_DISPLAYMATRIX,
            avcodec.AV_PKT_DATA_STEREO3D, avutil.AV_FRAME_DATA_STEREO3D,
            avcodec.AV_PKT_DATA_SPHERICAL, avutil.AV_FRAME_DATA_SPHERICAL,
            avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA, avutil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA,
            avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL, avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL,
            avcodec.AV_PKT_DATA_AMBIENT_VIEWING_ENVIRONMENT, avutil.AV_FRAME_DATA_AMBIENT_VIEWING_ENVIRONMENT,
            avcodec.AV_PKT_DATA_ICC_PROFILE, avutil.AV_FRAME_DATA_ICC_PROFILE);

    /**
     * One statement.
     *
     * @param type FFmpeg's AV_PKT_DATA number
     * @param bytes FFmpeg's structure
     */
    public record Item(int type, byte[] bytes) {}

    /**
     * What the container and the first picture say; the container has the last word.
     *
     * @param packet what the first packet says besides
     */
    static PictureSideData of(AVCodecParameters parameters, AVFrame first, List<Item> packet) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < parameters.nb_coded_side_data(); i++) {
            AVPacketSideData data = parameters.coded_side_data().getPointer(i);
            if (FRAME_TYPES.containsKey(data.type())) {
                items.add(new Item(data.type(), bytes(data.data(), data.size())));
            }
        }
        for (int i = 0; i < first.nb_side_data(); i++) {
            AVFrameSideData data = first.side_data(i);
            for (var types : FRAME_TYPES.entrySet()) {
                boolean known = items.stream().anyMatch(item -> item.type() == types.getKey());
                if (types.getValue() == data.type() && !known) {
                    items.add(new Item(types.getKey(), bytes(data.data(), data.size())));
                }
            }
        }
        packet.stream()
                .filter(item -> items.stream().noneMatch(known -> known.type() == item.type()))
                .forEach(items::add);
        return new PictureSideData(first.width(), first.height(), List.copyOf(items));
    }

    private static byte[] bytes(BytePointer data, long size) {
        byte[] copy = new byte[Math.toIntExact(size)];
        data.get(copy);
        return copy;
    }

    /** Nothing but a turn, degrees clockwise. */
    public static PictureSideData rotated(int degrees) {
        if (degrees == 0) {
            return NONE;
        }
        try (BytePointer bytes = new BytePointer(MATRIX_NUMBERS * (long) Integer.BYTES)) {
            avutil.av_display_rotation_set(new IntPointer(bytes), degrees);
            return new PictureSideData(
                    1, 1, List.of(new Item(avcodec.AV_PKT_DATA_DISPLAYMATRIX, bytes(bytes, bytes.capacity()))));
        }
    }

    /** Whether statements of a type are carried at all. */
    static boolean carries(int type) {
        return FRAME_TYPES.containsKey(type);
    }

    boolean has(int type) {
        return items.stream().anyMatch(item -> item.type() == type);
    }

    /** Degrees clockwise that a player turns the picture by: 0 to 359. */
    public int rotation() {
        return items.stream()
                .filter(item -> item.type() == avcodec.AV_PKT_DATA_DISPLAYMATRIX)
                .mapToInt(item -> rotation(item.bytes()))
                .findFirst()
                .orElse(0);
    }

    private static int rotation(byte[] matrix) {
        try (BytePointer bytes = new BytePointer(matrix)) {
            double counterClockwise = avutil.av_display_rotation_get(new IntPointer(bytes));
            return Double.isNaN(counterClockwise) ? 0 : Math.floorMod(-Math.round(counterClockwise), 360);
        }
    }

    /** For pictures of another size: a matrix may also move the picture, by pixels. */
    PictureSideData forSize(int newWidth, int newHeight) {
        return new PictureSideData(
                newWidth,
                newHeight,
                items.stream()
                        .map(item -> item.type() == avcodec.AV_PKT_DATA_DISPLAYMATRIX
                                ? new Item(item.type(), moved(item.bytes(), newWidth, newHeight))
                                : item)
                        .toList());
    }

    private byte[] moved(byte[] bytes, int newWidth, int newHeight) {
        try (BytePointer copy = new BytePointer(bytes)) {
            IntPointer matrix = new IntPointer(copy);
            for (int axis = 0; axis < 2; axis++) {
                // Along this axis of the screen lie either the picture's columns or its rows.
                boolean columns = Math.abs((long) matrix.get(axis)) >= Math.abs((long) matrix.get(3 + axis));
                double factor = columns ? (double) newWidth / width : (double) newHeight / height;
                matrix.put(6L + axis, (int) Math.round(matrix.get(6L + axis) * factor));
            }
            return bytes(copy, bytes.length);
        }
    }

    /** Says it to an encoder before it is opened; some write it into their stream. */
    void addTo(AVCodecContext encoder) {
        // FFmpeg makes the list grow, and moves it.
        PointerPointer<AVFrameSideData> list = new PointerPointer<>((Pointer) null);
        try (IntPointer count = new IntPointer(1).put(0)) {
            for (Item item : items) {
                AVFrameSideData added = avutil.av_frame_side_data_new(
                        list, count, FRAME_TYPES.get(item.type()), item.bytes().length, 0);
                added.data().put(item.bytes());
            }
            encoder.decoded_side_data(list).nb_decoded_side_data(count.get());
        }
    }

    /** Says it in the container; one that has no place for it drops it. */
    void addTo(AVCodecParameters parameters) {
        for (Item item : items) {
            try (IntPointer count = new IntPointer(1).put(parameters.nb_coded_side_data());
                    PointerPointer<AVPacketSideData> list = new PointerPointer<>(1)) {
                list.put(0, parameters.coded_side_data());
                AVPacketSideData added =
                        avcodec.av_packet_side_data_new(list, count, item.type(), item.bytes().length, 0);
                added.data().put(item.bytes());
                parameters.coded_side_data(list.get(AVPacketSideData.class, 0)).nb_coded_side_data(count.get());
            }
        }
    }
}
