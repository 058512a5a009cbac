package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Everything of a file but the pictures that are upscaled, into a file that is being written: streams, chapters, metadata
 * and flags. Packets are copied unchanged and at their own times, which begin with the file's earliest stream. Text and
 * sound that the container cannot hold become its usual codec; what is left is named.
 */
final class SideStreams implements AutoCloseable {
    private final StreamSource source;
    private final AVFormatContext output;
    private final ContainerRules rules;
    private final MediaInput input;
    private final Map<Integer, PacketRoute> routes = new HashMap<>();
    private final ContainerMetadata metadata;
    private final Covers covers;
    private final Omissions omissions;
    private final List<String> remarks = new ArrayList<>();
    private final Map<Integer, AudioEdges> edges;
    private final AudioRoutes audio;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private boolean pending;
    private boolean ended;

    /**
     * Adds the streams to an output that has the video stream only.
     *
     * @throws VideoException if the source cannot be read, or its audio neither copied nor converted
     */
    SideStreams(StreamSource source, AVFormatContext output, AVStream video) throws VideoException {
        this.source = source;
        this.output = output;
        rules = new ContainerRules(output.oformat());
        omissions = new Omissions(rules.name());
        audio = new AudioRoutes(output, rules, this::describe, remarks, false);
        covers = new Covers(output, rules);
        input = MediaInput.open(source.input());
        metadata = new ContainerMetadata(input, source.video());
        boolean opened = false;
        try {
            // What can be read once only keeps the edges that its packets state.
            edges = source.audio() && input.hasAudio() && source.input().rest() == null
                    ? AudioEdges.of(source.input(), this::isAudio, !rules.countsSamples())
                    : Map.of();
            if (source.others()) {
                metadata.copyTo(output, video);
                metadata.choice().ifPresent(remarks::add);
            }
            for (int i = 0; i < input.context().nb_streams(); i++) {
                if (i != source.video()) {
                    add(input.context().streams(i));
                }
            }
            input.skipAllBut(routes::containsKey);
            // Packets that somebody has kept must be taken.
            ended = routes.isEmpty() && source.input().rest() == null;
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    private boolean isAudio(int index) {
        return input.context().streams(index).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
    }

    private void add(AVStream from) throws VideoException {
        switch (from.codecpar().codec_type()) {
            case avutil.AVMEDIA_TYPE_AUDIO -> {
                if (source.audio()) {
                    addAudio(from);
                }
            }
            case avutil.AVMEDIA_TYPE_SUBTITLE -> {
                if (source.subtitles()) {
                    addSubtitles(from);
                }
            }
            default -> {
                if (source.others() && !metadata.says(from)) {
                    addOther(from);
                }
            }
        }
    }

    private void addAudio(AVStream from) throws VideoException {
        routes.put(from.index(), audio.add(from, edges.getOrDefault(from.index(), AudioEdges.NONE)));
    }

    private void addSubtitles(AVStream from) {
        String encoder = rules.subtitleEncoder(from.codecpar());
        if (rules.holds(from.codecpar())) {
            routes.put(from.index(), new PacketCopy(from, new PacketSink(output, copyOf(from))));
        } else if (encoder == null) {
            omissions.add("subtitle stream", StreamNames.nameOf(from));
        } else {
            convertSubtitles(from, encoder);
        }
    }

    private void convertSubtitles(AVStream from, String encoder) {
        try {
            SubtitleConversion conversion = new SubtitleConversion(from, encoder);
            AVStream to = avformat.avformat_new_stream(output, null);
            avcodec.avcodec_parameters_from_context(to.codecpar(), conversion.encoder());
            to.time_base().num(1).den(1000);
            describe(from, to);
            conversion.writeTo(new PacketSink(output, to));
            routes.put(from.index(), conversion);
            audio.sayConversion("subtitles", from, encoder);
        } catch (VideoException _) {
            omissions.add("subtitle stream", StreamNames.nameOf(from));
        }
    }

    private void addOther(AVStream from) {
        if (MediaInput.isCover(from)) {
            if (!covers.add(from)) {
                omissions.add("cover picture", StreamNames.nameOf(from));
            }
        } else if (!rules.holds(from.codecpar())) {
            omissions.add(StreamNames.kindOf(from), StreamNames.nameOf(from));
        } else {
            AVStream to = copyOf(from);
            if (from.codecpar().codec_type() != avutil.AVMEDIA_TYPE_ATTACHMENT) {
                routes.put(from.index(), new PacketCopy(from, new PacketSink(output, to)));
            }
        }
    }

    private AVStream copyOf(AVStream from) {
        return AudioRoutes.copy(from, output, this::describe);
    }

    private void describe(AVStream from, AVStream to) {
        Map<String, String> tags = metadata.of(from);
        if (rules.namesHandlers() && tags.containsKey("title")) {
            // The name that most players show in mp4.
            tags.put("handler_name", tags.get("title"));
        }
        to.metadata(Tags.dictionary(tags));
        if (source.others()) {
            to.disposition(from.disposition());
        }
    }

    /** For the header of the output. */
    AVDictionary options() {
        return rules.options(Tags.all(output.metadata()), covers.areWrittenAsStreams());
    }

    /** Writes what comes right after the header. */
    void begin() throws VideoException {
        covers.write();
    }

    /** What became something else or is missing, one line each. */
    List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(omissions.lines());
        return all;
    }

    /** Copies all up to a time, in microseconds; all that is left for {@link Long#MAX_VALUE}. */
    void copyUntil(long micros) throws VideoException {
        while (!ended) {
            if (!pending && !input.read(packet, -1)) {
                if (!input.isOver()) {
                    return;
                }
                ended = true;
                for (PacketRoute route : routes.values()) {
                    route.end();
                }
                return;
            }
            PacketRoute route = routes.get(packet.stream_index());
            AVStream from = input.context().streams(packet.stream_index());
            long time = packet.dts() == PictureClock.UNKNOWN ? packet.pts() : packet.dts();
            pending = route != null
                    && time != PictureClock.UNKNOWN
                    && micros != Long.MAX_VALUE
                    && Ffmpeg.micros(time, from.time_base()) > micros;
            if (pending) {
                return;
            }
            if (route != null) {
                route.write(packet);
            }
            avcodec.av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        routes.values().forEach(PacketRoute::close);
        routes.clear();
        avcodec.av_packet_free(packet);
        input.close();
    }
}
