package io.kinolift.video;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** An audio stream's packets in another codec, at their own times. For one thread at a time. */
final class AudioConversion implements PacketRoute {
    /** Of two channels, and as many more for more. */
    private static final int BITS_PER_CHANNEL = 96_000;

    private static final int OPUS_RATE = 48_000;

    private final Rational sourceUnit;
    private final AVCodecContext decoder;
    private final AVCodecContext encoder;
    private AVFilterGraph graph;
    private AVFilterContext source;
    private AVFilterContext sinkFilter;
    private final AVFrame frame = AvPictures.newFrame();
    private final AVPacket encoded = avcodec.av_packet_alloc();

    /** By the number of channels, as Opus orders them: those at the side become those at the back. */
    private static final List<String> OPUS_LAYOUTS =
            List.of("", "mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1");

    private final boolean fromZero;
    private final boolean hidesLead;
    private PacketSink sink;
    private AudioEdges edges = AudioEdges.NONE;
    /** What the filters are open for. */
    private Form form;
    /** Where the sound ends that has come so far, in samples of the decoder. */
    private long end;
    /** What the encoder has been given, in its samples. */
    private long encodedSamples;

    /** What a decoder gives. It may change, where recordings are joined, or be known only by the first frame (HE-AAC). */
    private record Form(int rate, int format, String layout) {}

    /**
     * Opens both codecs.
     *
     * @param fromZero whether the output counts samples instead of times: pauses, and what is missing at the beginning,
     *     become silence, and sound before time 0 is cut
     * @param hidesLead whether the output can hold packets before time 0 that are not heard
     * @throws VideoException if one of the codecs does not take such sound
     */
    AudioConversion(AVStream from, String codec, boolean globalHeader, boolean fromZero, boolean hidesLead)
            throws VideoException {
        this.fromZero = fromZero;
        this.hidesLead = hidesLead;
        sourceUnit = Ffmpeg.rational(from.time_base());
        AVCodec reader = avcodec.avcodec_find_decoder(from.codecpar().codec_id());
        AVCodec writer = avcodec.avcodec_find_encoder_by_name(codec);
        decoder = avcodec.avcodec_alloc_context3(reader);
        encoder = avcodec.avcodec_alloc_context3(writer);
        boolean opened = false;
        try {
            avcodec.avcodec_parameters_to_context(decoder, from.codecpar());
            decoder.pkt_timebase(from.time_base());
            FfmpegLog.forget();
            check(
                    "audio that FFmpeg decodes",
                    reader == null
                            ? avutil.AVERROR_DECODER_NOT_FOUND()
                            : avcodec.avcodec_open2(decoder, reader, (AVDictionary) null));
            configure(writer, globalHeader, from.codecpar().sample_rate());
            check("audio that " + codec + " encodes", avcodec.avcodec_open2(encoder, writer, (AVDictionary) null));
            openFilters(new Form(decoder.sample_rate(), decoder.sample_fmt(), name(decoder.ch_layout())));
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** @param rate as the container says it; 0 if it does not */
    private void configure(AVCodec writer, boolean globalHeader, int rate) {
        boolean opus = writer.id() == avcodec.AV_CODEC_ID_OPUS;
        int most = writer.id() == avcodec.AV_CODEC_ID_MP3 ? 2 : Integer.MAX_VALUE;
        int channels = Math.min(most, decoder.ch_layout().nb_channels());
        if (decoder.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
            avutil.av_channel_layout_default(
                    decoder.ch_layout(), decoder.ch_layout().nb_channels());
        }
        if (opus && channels < OPUS_LAYOUTS.size()) {
            avutil.av_channel_layout_from_string(encoder.ch_layout(), OPUS_LAYOUTS.get(channels));
        } else if (channels < decoder.ch_layout().nb_channels()) {
            avutil.av_channel_layout_default(encoder.ch_layout(), channels);
        } else {
            avutil.av_channel_layout_copy(encoder.ch_layout(), decoder.ch_layout());
        }
        encoder.sample_fmt(writer.sample_fmts().get(0));
        encoder.sample_rate(opus ? OPUS_RATE : rate > 0 ? rate : decoder.sample_rate());
        encoder.bit_rate((long) BITS_PER_CHANNEL * channels);
        encoder.time_base().num(1);
        encoder.time_base().den(encoder.sample_rate());
        if (globalHeader) {
            encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
    }

    /** Resamples, and parts the samples as the encoder wants them. */
    private void openFilters(Form from) throws VideoException {
        closeFilters();
        graph = avfilter.avfilter_graph_alloc();
        source = new AVFilterContext(null);
        sinkFilter = new AVFilterContext(null);
        form = from;
        create(
                source,
                "abuffer",
                String.format(
                        Locale.ROOT,
                        "time_base=1/%d:sample_rate=%d:sample_fmt=%s:channel_layout=%s",
                        from.rate(),
                        from.rate(),
                        avutil.av_get_sample_fmt_name(from.format()).getString(),
                        from.layout()));
        create(sinkFilter, "abuffersink", null);
        AVFilterInOut outputs = end("in", source);
        AVFilterInOut inputs = end("out", sinkFilter);
        String wanted = String.format(
                Locale.ROOT,
                (fromZero ? "aresample=async=1:min_hard_comp=0.01:first_pts=" + encodedSamples + "," : "")
                        + "aformat=sample_fmts=%s:sample_rates=%d:channel_layouts=%s",
                avutil.av_get_sample_fmt_name(encoder.sample_fmt()).getString(),
                encoder.sample_rate(),
                name(encoder.ch_layout()));
        try {
            check(wanted, avfilter.avfilter_graph_parse_ptr(graph, wanted, inputs, outputs, (Pointer) null));
        } finally {
            avfilter.avfilter_inout_free(inputs);
            avfilter.avfilter_inout_free(outputs);
        }
        check(wanted, avfilter.avfilter_graph_config(graph, null));
        if (encoder.frame_size() > 0) {
            avfilter.av_buffersink_set_frame_size(sinkFilter, encoder.frame_size());
        }
    }

    private void create(AVFilterContext context, String filter, String arguments) throws VideoException {
        check(
                filter,
                avfilter.avfilter_graph_create_filter(
                        context, avfilter.avfilter_get_by_name(filter), filter, arguments, null, graph));
    }

    private void closeFilters() {
        if (graph != null) {
            avfilter.avfilter_graph_free(graph);
            graph = null;
        }
    }

    private static AVFilterInOut end(String name, AVFilterContext context) {
        AVFilterInOut end = avfilter.avfilter_inout_alloc();
        return end.name(avutil.av_strdup(new BytePointer(name)))
                .filter_ctx(context)
                .pad_idx(0)
                .next(null);
    }

    private static String name(AVChannelLayout layout) {
        try (BytePointer text = new BytePointer(64)) {
            // The length, or the error, is not needed: what there is ends with a zero.
            avutil.av_channel_layout_describe(layout, text, 64);
            return text.getString().replaceFirst("(?s)\0.*", "");
        }
    }

    /** A new stream of an output for the packets. */
    AVStream addTo(AVFormatContext output) {
        AVStream to = avformat.avformat_new_stream(output, null);
        avcodec.avcodec_parameters_from_context(to.codecpar(), encoder);
        to.time_base(encoder.time_base());
        return to;
    }

    /** Where the sound ends that has come so far, in that unit. */
    long end(Rational unit) {
        return Ticks.nearest(end, Rational.of(1, form.rate()), unit);
    }

    /**
     * Says where the new packets go.
     *
     * @param heard of the source
     */
    void writeTo(PacketSink target, AudioEdges heard) {
        sink = target;
        edges = heard;
    }

    @Override
    public void write(AVPacket packet) throws VideoException {
        if (packet.pts() != PictureClock.UNKNOWN && packet.pts() >= edges.end()) {
            return;
        }
        convert(packet);
    }

    @Override
    public void end() throws VideoException {
        convert(null);
        check("the end of the audio", avfilter.av_buffersrc_add_frame_flags(source, null, 0));
        encode();
        avcodec.avcodec_send_frame(encoder, null);
        drain();
    }

    private void convert(AVPacket packet) throws VideoException {
        if (avcodec.avcodec_send_packet(decoder, packet) < 0) {
            return; // a damaged packet is silence
        }
        while (avcodec.avcodec_receive_frame(decoder, frame) >= 0) {
            follow(new Form(frame.sample_rate(), frame.format(), name(frame.ch_layout())));
            if (frame.best_effort_timestamp() != PictureClock.UNKNOWN) {
                frame.pts(Ticks.nearest(frame.best_effort_timestamp(), sourceUnit, Rational.of(1, form.rate())));
            }
            send();
        }
    }

    /** Less than a packet of the encoder is lost where the form changes. */
    private void follow(Form now) throws VideoException {
        if (!now.equals(form)) {
            end = Ticks.nearest(end, Rational.of(1, form.rate()), Rational.of(1, now.rate()));
            openFilters(now);
        }
    }

    private void send() throws VideoException {
        end = (frame.pts() == PictureClock.UNKNOWN ? end : frame.pts()) + frame.nb_samples();
        check("decoded audio", avfilter.av_buffersrc_add_frame_flags(source, frame, 0));
        encode();
    }

    /** Puts silence behind what has come, up to a time. Sound that comes for it later is left out. */
    void fillUntil(long time, Rational unit) throws VideoException {
        long until = Ticks.nearest(time, unit, Rational.of(1, form.rate()));
        while (end < until) {
            int samples = (int) Math.min(form.rate(), until - end);
            frame.format(form.format()).sample_rate(form.rate()).nb_samples(samples);
            avutil.av_channel_layout_from_string(frame.ch_layout(), form.layout());
            check("memory for silence", avutil.av_frame_get_buffer(frame, 0));
            avutil.av_samples_set_silence(
                    frame.extended_data(), 0, samples, frame.ch_layout().nb_channels(), form.format());
            frame.pts(end);
            send();
        }
    }

    private void encode() throws VideoException {
        while (avfilter.av_buffersink_get_frame(sinkFilter, frame) >= 0) {
            encodedSamples += frame.nb_samples();
            int code = avcodec.avcodec_send_frame(encoder, frame);
            avutil.av_frame_unref(frame);
            check("audio that can be encoded", code);
            drain();
        }
    }

    private void drain() throws VideoException {
        while (avcodec.avcodec_receive_packet(encoder, encoded) >= 0) {
            boolean begins = fromZero ? 2 * encoded.pts() + encoded.duration() >= 0 : encoded.pts() >= 0;
            if (hidesLead || begins) {
                sink.write(encoded, Ffmpeg.rational(encoder.time_base()));
            }
        }
    }

    private static void check(String expected, int code) throws VideoException {
        if (code < 0) {
            throw new VideoException("expected " + expected + ", found " + FfmpegLog.reason(code));
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(encoded);
        avutil.av_frame_free(frame);
        closeFilters();
        avcodec.avcodec_free_context(decoder);
        avcodec.avcodec_free_context(encoder);
    }
}
