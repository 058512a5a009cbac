package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/** Adds audio streams to a container: as they are, or in its usual codec if it cannot hold them. */
final class AudioRoutes {
    private final AVFormatContext output;
    private final ContainerRules rules;
    private final BiConsumer<AVStream, AVStream> describe;
    private final List<String> remarks;
    private final boolean mayPause;

    /**
     * For one output.
     *
     * @param describe gives an output stream the words and flags of its input stream
     * @param remarks gets one line for every change
     * @param mayPause whether there may be times without sound between the packets
     */
    AudioRoutes(
            AVFormatContext output,
            ContainerRules rules,
            BiConsumer<AVStream, AVStream> describe,
            List<String> remarks,
            boolean mayPause) {
        this.mayPause = mayPause;
        this.output = output;
        this.rules = rules;
        this.describe = describe;
        this.remarks = remarks;
    }

    /** Whether the stream would be copied, packet for packet. */
    boolean copies(AVStream from, AudioEdges edge) {
        boolean timeless = rules.countsSamples() && (mayPause || !edge.beginsAtZero(Ffmpeg.rational(from.time_base())));
        return rules.holds(from.codecpar()) && !timeless;
    }

    /**
     * Adds a stream.
     *
     * @param from is read for as long as the route is used
     * @return where its packets go
     * @throws VideoException if it can neither be copied nor converted
     */
    PacketRoute add(AVStream from, AudioEdges edge) throws VideoException {
        if (copies(from, edge)) {
            return copy(from, edge);
        }
        if (!rules.holds(from.codecpar())) {
            PacketRoute route = convert(from, rules.audioEncoder(), edge);
            sayConversion("the audio", from, rules.audioEncoder());
            return route;
        }
        String codec = StreamNames.codecName(from.codecpar());
        PacketRoute route = convert(from, codec.startsWith("pcm_") ? codec : rules.audioEncoder(), edge);
        remarks.add("the audio is encoded again: in " + rules.name() + " it has to begin with the pictures"
                + (mayPause ? ", and pauses become silence" : ""));
        return route;
    }

    private PacketRoute copy(AVStream from, AudioEdges edge) {
        AVStream to = copy(from, output, describe);
        if (rules.statesPriming() && to.codecpar().initial_padding() == 0) {
            to.codecpar()
                    .initial_padding(edge.priming(
                            Ffmpeg.rational(from.time_base()), from.codecpar().sample_rate()));
        }
        return new PacketCopy(from, edge, rules.statesPriming(), new PacketSink(output, to));
    }

    /** A new stream of the output that is the same as one of an input. */
    static AVStream copy(AVStream from, AVFormatContext output, BiConsumer<AVStream, AVStream> describe) {
        AVStream to = avformat.avformat_new_stream(output, null);
        avcodec.avcodec_parameters_copy(to.codecpar(), from.codecpar());
        // The tag is the source container's name of the codec.
        to.codecpar().codec_tag(0);
        to.time_base(from.time_base());
        to.avg_frame_rate(from.avg_frame_rate());
        to.sample_aspect_ratio(from.sample_aspect_ratio());
        describe.accept(from, to);
        return to;
    }

    private PacketRoute convert(AVStream from, String encoder, AudioEdges edge) throws VideoException {
        boolean globalHeader = (output.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
        AudioConversion conversion =
                new AudioConversion(from, encoder, globalHeader, rules.countsSamples(), rules.hidesLead());
        AVStream to = conversion.addTo(output);
        describe.accept(from, to);
        conversion.writeTo(new PacketSink(output, to), edge);
        return conversion;
    }

    /** Says that something is written in another codec. */
    void sayConversion(String what, AVStream from, String encoder) {
        String codec = avcodec.avcodec_get_name(
                        avcodec.avcodec_find_encoder_by_name(encoder).id())
                .getString();
        String line = what + (what.endsWith("s") ? " are" : " is") + " written as " + codec + ": " + rules.name()
                + " cannot hold " + StreamNames.codecName(from.codecpar());
        if (!remarks.contains(line)) {
            remarks.add(line);
        }
    }
}
