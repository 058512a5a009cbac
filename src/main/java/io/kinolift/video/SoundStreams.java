package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * Sound that comes packet by packet, into a file that is being written. A track that its container cannot hold becomes
 * another codec; one that cannot be used is named, for no sound is a reason to lose pictures.
 */
final class SoundStreams implements AutoCloseable {
    /** Opus wants 80 ms before the first sample that is right; the others less. */
    private static final long LEAD_MICROS = 100_000;

    private final SoundSupply supply;
    /** Nobody opens it: it holds streams in the form in which an input's are known to the routes. */
    private final AVFormatContext tracks = avformat.avformat_alloc_context();

    private final Map<Integer, Route> routes = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final long leadMicros;

    private record Route(PacketRoute to, SoundTrack track, boolean copied) {}

    /** Adds the streams to an output that has the video stream only. */
    SoundStreams(SoundSupply supply, AVFormatContext output) throws VideoException {
        this.supply = supply;
        ContainerRules rules = new ContainerRules(output.oformat());
        leadMicros = rules.hidesLead() ? LEAD_MICROS : 0;
        AudioRoutes audio = new AudioRoutes(output, rules, this::describe, remarks, true);
        boolean opened = false;
        try {
            for (SoundSupply.Start start : supply.begin(leadMicros)) {
                add(start, audio);
            }
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    private void add(SoundSupply.Start start, AudioRoutes audio) {
        SoundTrack track = start.track();
        AVStream from = avformat.avformat_new_stream(tracks, null);
        try {
            AvSound.describe(from.codecpar(), track);
            Ffmpeg.set(from.time_base(), track.timeBase(), Integer.MAX_VALUE);
            Map<String, String> tags = new TreeMap<>();
            tags.put("language", track.language());
            tags.put("title", track.title());
            tags.values().removeIf(String::isEmpty);
            from.metadata(Tags.dictionary(tags));
            AudioEdges edge = new AudioEdges(start.first() == null ? 0 : start.first(), Long.MAX_VALUE);
            routes.put(track.number(), new Route(audio.add(from, edge), track, audio.copies(from, edge)));
        } catch (VideoException e) {
            remarks.add("sound left out, " + track + ": " + e.getMessage());
        }
    }

    private void describe(AVStream from, AVStream to) {
        to.metadata(Tags.dictionary(Tags.all(from.metadata())));
        to.disposition(from.index() == 0 ? avformat.AV_DISPOSITION_DEFAULT : 0);
    }

    /** Writes what begins up to a time, in microseconds, as far as it has arrived. */
    void copyUntil(long micros) throws VideoException {
        for (SoundPacket next = supply.next(micros); next != null; next = supply.next(micros)) {
            write(next);
        }
    }

    private void write(SoundPacket next) throws VideoException {
        Route route = routes.get(next.track().number());
        if (route == null || (isBeforeTheCut(next) && !(route.copied() && leadMicros > 0))) {
            return;
        }
        AvSound.load(packet, next);
        route.to().write(packet);
        avcodec.av_packet_unref(packet);
    }

    /** The nearest border of packets is where the sound begins. */
    private static boolean isBeforeTheCut(SoundPacket next) {
        return 2 * next.pts() + next.duration() < 0;
    }

    /** Writes what is heard up to the end of the pictures, in microseconds. */
    void finish(long endMicros) throws VideoException {
        supply.last(endMicros);
        copyUntil(endMicros - 1);
        for (Route route : routes.values()) {
            route.to().end();
        }
    }

    /** What became something else or is missing, one line each. */
    List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(supply.remarks());
        return all;
    }

    @Override
    public void close() {
        routes.values().forEach(route -> route.to().close());
        routes.clear();
        avcodec.av_packet_free(packet);
        avformat.avformat_free_context(tracks);
    }
}
