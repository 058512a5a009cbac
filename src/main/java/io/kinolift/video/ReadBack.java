package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Reads a finished file back, and names what it does not have although it was given to it. FFmpeg's containers drop
 * metadata, flags and chapters that they have no place for without an error.
 */
final class ReadBack {
    /** Flags that a file can be without and still play as it should. */
    private static final int CAN_BE_MISSED = avformat.AV_DISPOSITION_ATTACHED_PIC | avformat.AV_DISPOSITION_STILL_IMAGE;

    private final AVFormatContext written;
    private final Omissions omissions;

    private ReadBack(AVFormatContext written) {
        this.written = written;
        omissions = new Omissions(new ContainerRules(written.oformat()).name());
    }

    /**
     * Compares a file with what was to be in it.
     *
     * @param written the finished output
     * @param video index of the stream with the pictures
     * @return one line per kind; none if the file cannot be read again, as a pipe
     */
    static List<String> missing(AVFormatContext written, Path file, int video) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        ReadBack readBack = new ReadBack(written);
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            readBack.compare(input.context());
            readBack.compareSideData(file, video);
            return readBack.omissions.lines();
        } catch (VideoException e) {
            return List.of("the file cannot be read back: " + e.getMessage());
        }
    }

    private void compare(AVFormatContext found) {
        compareTags("tag", written.metadata(), all(found));
        for (int i = found.nb_chapters(); i < written.nb_chapters(); i++) {
            omissions.add("chapter", Tags.all(written.chapters(i).metadata()).getOrDefault("title", ""));
        }
        int[] seen = new int[avutil.AVMEDIA_TYPE_NB];
        for (int i = 0; i < written.nb_streams(); i++) {
            AVStream given = written.streams(i);
            int type = typeOf(given);
            AVStream back = nth(found, type, seen[type]++);
            if (back == null) {
                omissions.add(
                        StreamNames.kindOf(given), Tags.all(given.metadata()).getOrDefault("filename", ""));
            } else if (type != avutil.AVMEDIA_TYPE_ATTACHMENT && !MediaInput.isCover(given)) {
                compareTags("tag of a stream", given.metadata(), Tags.all(back.metadata()));
                compareFlags(given.disposition() & ~back.disposition() & ~missable(written, type));
            }
        }
    }

    /** One stream of a type is played whether it is the default or not. */
    private static int missable(AVFormatContext context, int type) {
        return nth(context, type, 1) == null ? CAN_BE_MISSED | avformat.AV_DISPOSITION_DEFAULT : CAN_BE_MISSED;
    }

    /** MPEG-TS keeps its tags in programs. */
    private static Map<String, String> all(AVFormatContext found) {
        Map<String, String> tags = new TreeMap<>(Tags.all(found.metadata()));
        for (int i = 0; i < found.nb_programs(); i++) {
            tags.putAll(Tags.all(found.programs(i).metadata()));
        }
        return tags;
    }

    /** Pictures that are attached are read as covers, and written as attachments or as covers. */
    private static int typeOf(AVStream stream) {
        return MediaInput.isCover(stream)
                ? avutil.AVMEDIA_TYPE_ATTACHMENT
                : stream.codecpar().codec_type();
    }

    private static AVStream nth(AVFormatContext context, int type, int n) {
        int left = n;
        for (int i = 0; i < context.nb_streams(); i++) {
            if (typeOf(context.streams(i)) == type && left-- == 0) {
                return context.streams(i);
            }
        }
        return null;
    }

    private void compareTags(String kind, AVDictionary given, Map<String, String> found) {
        Map<String, String> back = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        back.putAll(found);
        Tags.lasting(given).forEach((key, value) -> {
            // FFmpeg writes the titles of streams into mp4, but does not read them.
            boolean unread = key.equals("title") && back.containsKey("handler_name");
            boolean kept = unread
                    || (back.containsKey(key)
                            && (!key.equals("language") || back.get(key).equals(value)));
            if (!kept && !value.isEmpty()) {
                omissions.add(kind, key.toLowerCase(Locale.ROOT));
            }
        });
    }

    private void compareFlags(int missing) {
        for (int flag = 1; flag != 0; flag <<= 1) {
            if ((missing & flag) != 0) {
                omissions.add(
                        "flag of a stream",
                        avformat.av_disposition_to_string(flag).getString());
            }
        }
    }

    /** Some codecs say it in their pictures where the container has no place for it. */
    private void compareSideData(Path file, int video) throws VideoException {
        AVStream given = written.streams(video);
        if (given.codecpar().nb_coded_side_data() == 0) {
            return;
        }
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            PictureSideData found = reader.info().sideData();
            for (int i = 0; i < given.codecpar().nb_coded_side_data(); i++) {
                int type = given.codecpar().coded_side_data().getPointer(i).type();
                if (PictureSideData.carries(type) && !found.has(type)) {
                    omissions.add(
                            "property of the pictures",
                            avcodec.av_packet_side_data_name(type).getString().toLowerCase(Locale.ROOT));
                }
            }
        }
    }
}
