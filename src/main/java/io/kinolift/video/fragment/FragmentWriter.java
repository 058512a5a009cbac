package io.kinolift.video.fragment;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import io.kinolift.video.SteadySound;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Fragmented MP4 with a track of H.264, and one of AAC if there is sound, in pieces of memory. The encoded picture waits
 * until its duration is known, so that the next fragment begins at its true time. One instance is for one thread at a
 * time.
 */
public final class FragmentWriter implements AutoCloseable {
    private static final String FLAGS = "frag_custom+frag_discont+empty_moov+default_base_moof+skip_trailer";

    private final Rational timeBase;
    private final H264Encoder encoder;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVStream stream;
    private final byte[] header;
    /** Null without sound. */
    private SteadySound sound;

    private boolean waiting;
    private boolean closed;

    /**
     * Opens the encoder and makes the header.
     *
     * @param width even
     * @param height even
     * @param colour of the pictures
     * @param timeBase seconds per unit of their times
     * @param rate nominal
     * @param startMicros what is added to all times, for what follows something else
     * @param track the sound as it comes; null for none
     * @throws VideoException if FFmpeg refuses them
     */
    public FragmentWriter(
            int width,
            int height,
            Rational sampleAspectRatio,
            Colour colour,
            Rational timeBase,
            Rational rate,
            long startMicros,
            SoundTrack track)
            throws VideoException {
        this.timeBase = timeBase;
        boolean opened = false;
        H264Encoder made = null;
        try {
            made = new H264Encoder(width, height, sampleAspectRatio, colour, rate);
            check("a muxer", avformat.avformat_alloc_output_context2(context, null, "mp4", (String) null));
            stream = avformat.avformat_new_stream(context, null);
            avcodec.avcodec_parameters_from_context(stream.codecpar(), made.context());
            Ffmpeg.set(stream.time_base(), timeBase, Integer.MAX_VALUE);
            Ffmpeg.set(stream.avg_frame_rate(), rate, Integer.MAX_VALUE);
            stream.sample_aspect_ratio(made.context().sample_aspect_ratio());
            context.output_ts_offset(startMicros);
            // Else the muxer would move everything back to 0.
            context.avoid_negative_ts(AVFormatContext.AVFMT_AVOID_NEG_TS_DISABLED);
            sound = track == null ? null : new SteadySound(track, context);
            openBuffer();
            AVDictionary options = new AVDictionary(null);
            avutil.av_dict_set(options, "movflags", FLAGS, 0);
            int code = avformat.avformat_write_header(context, options);
            avutil.av_dict_free(options);
            check("a header", code);
            header = takeBuffer();
            opened = true;
        } finally {
            encoder = made;
            if (!opened) {
                close();
            }
        }
    }

    /** What a player needs before any fragment. */
    public byte[] header() {
        return header.clone();
    }

    /**
     * Encodes the next picture. The one before it must have been placed.
     *
     * @param picture YUV420P in FFmpeg's memory; stays the caller's
     * @param keyFrame whether playing can begin here
     */
    public void encode(Picture picture, boolean keyFrame) throws VideoException {
        if (waiting) {
            throw new IllegalStateException("expected the last picture to have been placed");
        }
        encoder.encode(picture, keyFrame, packet);
        waiting = true;
    }

    /**
     * Puts the encoded picture into the current fragment.
     *
     * @param pts from the first picture on
     */
    public void place(long pts, long duration) throws VideoException {
        packet.pts(pts).dts(pts).duration(duration).stream_index(stream.index()).pos(-1);
        try (AVRational from = new AVRational()) {
            Ffmpeg.set(from, timeBase, Integer.MAX_VALUE);
            avcodec.av_packet_rescale_ts(packet, from, stream.time_base());
        }
        FfmpegLog.forget();
        int code = avformat.av_write_frame(context, packet);
        avcodec.av_packet_unref(packet);
        waiting = false;
        check("a picture in the fragment", code);
    }

    /**
     * Puts a packet of sound into the current fragment. Without a track of sound there is nothing to do.
     *
     * @param next of the track, at its time from the first picture on
     * @return false if it comes too late: there is sound or silence at its time
     */
    public boolean addSound(SoundPacket next) throws VideoException {
        return sound == null || sound.write(next);
    }

    /**
     * Makes the sound that is missing silence.
     *
     * @param time before which it is missing, from the first picture on
     */
    public void fillSoundUntil(long time) throws VideoException {
        if (sound != null) {
            sound.fillUntil(time, timeBase);
        }
    }

    /** Puts the rest of the sound into the current fragment; there can be no more. */
    public void endSound() throws VideoException {
        if (sound != null) {
            sound.end();
        }
    }

    /** Ends the fragment and returns it; without a picture it is empty. */
    public byte[] cut() throws VideoException {
        check("a fragment", avformat.av_write_frame(context, null));
        return takeBuffer();
    }

    /** FFmpeg gives out the whole buffer at once, and needs a new one afterwards. */
    private byte[] takeBuffer() throws VideoException {
        byte[] bytes = closeBuffer();
        openBuffer();
        return bytes;
    }

    private void openBuffer() throws VideoException {
        AVIOContext io = new AVIOContext(null);
        check("memory", avformat.avio_open_dyn_buf(io));
        context.pb(io);
    }

    private byte[] closeBuffer() {
        try (PointerPointer<BytePointer> place = new PointerPointer<>(1)) {
            int size = avformat.avio_close_dyn_buf(context.pb(), place);
            context.pb(null);
            BytePointer buffer = place.get(BytePointer.class);
            byte[] bytes = new byte[size];
            buffer.get(bytes);
            avutil.av_free(buffer);
            return bytes;
        }
    }

    private static void check(String expected, int code) throws VideoException {
        if (code < 0) {
            throw new VideoException("expected " + expected + " of fragmented MP4, found " + FfmpegLog.reason(code));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (encoder != null) {
            encoder.close();
        }
        if (sound != null) {
            sound.close();
        }
        avcodec.av_packet_free(packet);
        if (!context.isNull()) {
            if (context.pb() != null) {
                closeBuffer();
            }
            avformat.avformat_free_context(context);
        }
    }
}
