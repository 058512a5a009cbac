package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.frame.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A video through reader and writer, as an upscaling by 1 does it, and what is in a file. */
final class FileCopy {
    private FileCopy() {}

    /** Returns the writer's remarks. */
    static List<String> copy(Path from, Path to, StreamChoice choice) throws Exception {
        return copy(from, to, choice, "");
    }

    static List<String> copy(Path from, Path to, StreamChoice choice, String codec) throws Exception {
        try (VideoReader reader =
                VideoReader.openAndKeepRest(Source.of(from.toString()), ReaderLimits.DEFAULT, choice.video())) {
            VideoInfo info = reader.info();
            VideoSettings settings = VideoWriter.withCodec(new VideoSettings(
                    to.getFileName().toString(),
                    codec.isEmpty() ? EncoderChoice.USUAL : EncoderChoice.of(codec),
                    info.pixelFormat(),
                    info.width(),
                    info.height(),
                    info.sampleAspectRatio(),
                    info.colour(),
                    info.timeBase(),
                    info.averageFrameRate().isPositive() ? info.averageFrameRate() : info.frameRate(),
                    2,
                    info.sideData(),
                    choice.of(reader.rest(), info.stream()),
                    1));
            try (VideoWriter writer = VideoWriter.create(to, settings)) {
                for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                    try (TimedPicture picture = next) {
                        writer.write(picture.picture(), picture.pts(), picture.duration());
                    }
                }
                writer.finish();
                List<String> remarks = new ArrayList<>(writer.remarks());
                remarks.addAll(reader.remarks());
                return remarks;
            }
        }
    }

    /** One line per stream: kind, codec, language, title and flags. */
    static List<String> streams(Path file) throws Exception {
        List<String> lines = new ArrayList<>();
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            for (int i = 0; i < input.context().nb_streams(); i++) {
                AVStream stream = input.context().streams(i);
                Map<String, String> tags = tags(stream);
                StringBuilder line = new StringBuilder(
                        avutil.av_get_media_type_string(stream.codecpar().codec_type())
                                .getString());
                line.append(' ')
                        .append(avcodec.avcodec_get_name(stream.codecpar().codec_id())
                                .getString());
                for (String key : List.of("language", "title", "filename")) {
                    line.append(tags.containsKey(key) ? " " + tags.get(key) : "");
                }
                for (int flag = 1; flag != 0; flag <<= 1) {
                    if ((stream.disposition() & flag) != 0) {
                        line.append(" +")
                                .append(avformat.av_disposition_to_string(flag).getString());
                    }
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    private static Map<String, String> tags(AVStream stream) {
        Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        tags.putAll(Tags.all(stream.metadata()));
        return tags;
    }

    static Map<String, String> tags(Path file) throws Exception {
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            tags.putAll(Tags.all(input.context().metadata()));
            return tags;
        }
    }

    static Map<String, String> streamTags(Path file, int index) throws Exception {
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            return tags(input.context().streams(index));
        }
    }

    /** "start-end title" in milliseconds, on the file's clock. */
    static List<String> chapters(Path file) throws Exception {
        List<String> lines = new ArrayList<>();
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            for (int i = 0; i < input.context().nb_chapters(); i++) {
                var chapter = input.context().chapters(i);
                Rational unit = Ffmpeg.rational(chapter.time_base());
                Rational millis = Rational.of(1, 1000);
                lines.add(Ticks.nearest(chapter.start(), unit, millis) + "-"
                        + Ticks.nearest(chapter.end(), unit, millis) + " "
                        + Tags.all(chapter.metadata()).get("title"));
            }
        }
        return lines;
    }

    /** Times in seconds, begin and end, and sizes of a stream's packets that are not empty. */
    record Packet(double begin, double end, int size) {}

    static List<Packet> packets(Path file, int stream) throws Exception {
        List<Packet> packets = new ArrayList<>();
        AVPacket packet = avcodec.av_packet_alloc();
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            double unit =
                    Ffmpeg.rational(input.context().streams(stream).time_base()).toDouble();
            while (input.read(packet, stream)) {
                packets.add(new Packet(packet.pts() * unit, (packet.pts() + packet.duration()) * unit, packet.size()));
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        return packets;
    }
}
