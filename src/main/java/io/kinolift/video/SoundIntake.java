package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** The sound of a source, as its packets come by while its pictures are read. For one thread at a time. */
final class SoundIntake implements AutoCloseable {
    private final MediaInput input;
    private final Map<Integer, SoundTrackIntake> tracks = new TreeMap<>();
    private final List<String> left = new ArrayList<>();
    private List<SoundPacket> packets = new ArrayList<>();

    /** @throws VideoException if a track is asked for that is not there */
    SoundIntake(MediaInput input, AVStream video, SoundChoice choice) throws VideoException {
        this.input = input;
        AVFormatContext context = input.context();
        int main =
                avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_AUDIO, -1, video.index(), (AVCodec) null, 0);
        int number = 0;
        for (int i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            if (stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                if (choice.takes(number, i == main)) {
                    tracks.put(i, new SoundTrackIntake(stream, number));
                } else {
                    left.add(number + " (" + StreamNames.nameOf(stream) + ")");
                }
                number++;
            }
        }
        int count = number;
        int wrong = choice.tracks().stream().filter(n -> n >= count).findFirst().orElse(-1);
        if (wrong >= 0) {
            close();
            throw new VideoException("expected audio tracks "
                    + (count == 0 ? "in the source" : "from 0 to " + (count - 1)) + ", found number " + wrong
                    + (count == 0 ? " and a source without sound" : ""));
        }
    }

    boolean wants(int index) {
        return tracks.containsKey(index);
    }

    /** @param packet of a wanted stream, on the common clock; stays the caller's, but may be changed */
    void put(AVPacket packet) {
        int index = packet.stream_index();
        tracks.get(index).take(packet, input.jumpsOf(index), packets::add);
    }

    /** What the tracks are, as far as is known yet: AAC in a transport stream says it in its packets. */
    List<SoundTrack> tracks() {
        return tracks.values().stream()
                .map(SoundTrackIntake::track)
                .filter(track -> track != null)
                .toList();
    }

    /** What has come since the last call. */
    List<SoundPacket> take() {
        List<SoundPacket> taken = packets;
        packets = new ArrayList<>();
        return taken;
    }

    /** What is not carried, one line each. */
    List<String> remarks() {
        List<String> lines = new ArrayList<>();
        if (!left.isEmpty() && !tracks.isEmpty()) {
            lines.add("audio tracks that are not sent: " + String.join(", ", left));
        }
        tracks.values().stream()
                .filter(track -> track.damaged() > 0)
                .forEach(track -> lines.add(
                        track.damaged() + " packets of audio track " + track.number() + " are damaged and left out"));
        return lines;
    }

    @Override
    public void close() {
        tracks.values().forEach(SoundTrackIntake::close);
    }
}
