package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * A track of sound as AAC, without a pause from time 0 on: players wait for a track that has nothing, so what is missing is
 * silence. Written at once, in order of time. One instance is for one thread at a time.
 */
public final class SteadySound implements AutoCloseable {
    /** Decoders want a little sound before the first that is right. */
    private static final long LEAD_MICROS = 100_000;

    /** Nobody opens it: it holds a stream in the form in which an input's are known to the conversion. */
    private final AVFormatContext source = avformat.avformat_alloc_context();

    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AudioConversion conversion;

    /**
     * Adds the track to an output that has no header yet.
     *
     * @param track as its packets come
     * @throws VideoException if FFmpeg cannot decode it, or not encode AAC of its kind
     */
    public SteadySound(SoundTrack track, AVFormatContext output) throws VideoException {
        boolean opened = false;
        AudioConversion made = null;
        try {
            AVStream from = avformat.avformat_new_stream(source, null);
            AvSound.describe(from.codecpar(), track);
            Ffmpeg.set(from.time_base(), track.timeBase(), Integer.MAX_VALUE);
            made = new AudioConversion(from, "aac", true, true, false);
            AVStream to = made.addTo(output);
            // The packet that has only what a decoder wants first is not written.
            to.codecpar().initial_padding(0);
            made.writeTo(new PacketSink(output, to), AudioEdges.NONE);
            opened = true;
        } finally {
            conversion = made;
            if (!opened) {
                close();
            }
        }
    }

    /**
     * Writes a packet of the track, at its time on the output's clock.
     *
     * @return false if sound or silence is there already
     * @throws VideoException if the output cannot be written
     */
    public boolean write(SoundPacket next) throws VideoException {
        if (next.end(Rational.MICROSECOND) <= -LEAD_MICROS) {
            return true;
        }
        long filled = conversion.end(Rational.MICROSECOND);
        if (filled > 0 && next.middle(Rational.MICROSECOND) < filled) {
            return false;
        }
        AvSound.load(packet, next);
        try {
            conversion.write(packet);
        } finally {
            avcodec.av_packet_unref(packet);
        }
        return true;
    }

    /** Makes what is missing before a time on the output's clock silence. */
    public void fillUntil(long time, Rational unit) throws VideoException {
        conversion.fillUntil(time, unit);
    }

    /** Writes the rest: encoders hold back a little. There can be no more afterwards. */
    public void end() throws VideoException {
        conversion.end();
    }

    @Override
    public void close() {
        if (conversion != null) {
            conversion.close();
        }
        avcodec.av_packet_free(packet);
        avformat.avformat_free_context(source);
    }
}
