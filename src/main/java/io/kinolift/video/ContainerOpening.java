package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.VideoException;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Opens a source as one of the containers that it may be, with a watch on what it opens besides. */
final class ContainerOpening {
    private static final int EINVAL = 22;
    private static final String FORMATS = "format_whitelist";
    private static final String PROTOCOLS = "protocol_whitelist";

    private final Source source;
    private final SourceAddress address;
    private final NestedFiles nested;
    private final Set<String> formats;
    private final NestedOpens opens;

    /** @throws VideoException if there is nothing of that name, or it names what it must not */
    ContainerOpening(Source source, SourceAddress address) throws VideoException {
        this.source = source;
        this.address = address;
        NamingRule rule = NamingRule.of(source, address);
        nested = NestedFiles.of(source, address, rule);
        formats = InputFormats.of(source, address, nested);
        opens = new NestedOpens(rule);
    }

    /** What the container opens; to be closed after it. */
    NestedOpens opens() {
        return opens;
    }

    /** @throws VideoException if FFmpeg finds no container it can read */
    AVFormatContext open() throws VideoException {
        AVFormatContext context = avformat.avformat_alloc_context();
        opens.attachTo(context);
        AVDictionary options = options();
        FfmpegLog.forget();
        int code = avformat.avformat_open_input(context, address.url(), container(), options);
        String unused = source.options().keySet().stream()
                .sorted()
                .filter(name -> avutil.av_dict_get(options, name, null, 0) != null)
                .findFirst()
                .orElse(null);
        avutil.av_dict_free(options);
        if (code < 0) {
            opens.requireNoneRefused();
            throw new VideoException(source + ": expected a video, found " + reason(code));
        }
        try {
            if (unused != null) {
                throw new VideoException(source + ": expected options that "
                        + (address.format().isEmpty() ? "its container" : address.format()) + " has, found \"" + unused
                        + "\"");
            }
            findStreams(context);
            opens.requireNoneRefused();
            return context;
        } catch (VideoException e) {
            avformat.avformat_close_input(context);
            throw e;
        }
    }

    private AVDictionary options() {
        AVDictionary options = new AVDictionary(null);
        address.options().forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
        avutil.av_dict_set(options, FORMATS, String.join(",", formats), avutil.AV_DICT_DONT_OVERWRITE);
        if (nested == NestedFiles.SCRIPT && !source.allowed().isNothing()) {
            // FFmpeg's own rule knows no exception; the one here has been kept.
            avutil.av_dict_set(options, "safe", "0", avutil.AV_DICT_DONT_OVERWRITE);
        }
        String protocols = InputFormats.protocols(source, address, nested);
        avutil.av_dict_set(options, PROTOCOLS, protocols, 0);
        return options;
    }

    /** FFmpeg decodes the first pictures here, with decoders of its own: they get the limit of ours. */
    private void findStreams(AVFormatContext context) throws VideoException {
        int count = context.nb_streams();
        try (PointerPointer<AVDictionary> limits = new PointerPointer<>(Math.max(1, count))) {
            for (int i = 0; i < count; i++) {
                AVDictionary limit = new AVDictionary(null);
                avutil.av_dict_set(limit, "max_pixels", Long.toString(ReaderLimits.DEFAULT.maxPixels()), 0);
                limits.put(i, limit);
            }
            int code = avformat.avformat_find_stream_info(context, limits);
            for (int i = 0; i < count; i++) {
                avutil.av_dict_free(new AVDictionary(limits.get(i)));
            }
            if (code < 0) {
                opens.requireNoneRefused();
                throw new VideoException(source + ": expected streams that FFmpeg knows, found " + Ffmpeg.error(code));
            }
        }
    }

    private String reason(int code) {
        String name = code == -EINVAL && address.format().isEmpty() ? probed() : address.format();
        if (InputFormats.UNASKED.contains(name) && !formats.contains(name)) {
            return '"' + name + "\", which "
                    + (InputFormats.opensPorts(name)
                            ? "opens network ports" + source.allowed().hint("--allow-protocols rtp,udp")
                            : "names other files and is read from local files only");
        }
        return FfmpegLog.reason(code) + hint();
    }

    /** The container that FFmpeg takes the source for. */
    private String probed() {
        AVIOContext bytes = new AVIOContext(null);
        if (avformat.avio_open2(bytes, address.url(), avformat.AVIO_FLAG_READ, null, (AVDictionary) null) < 0) {
            return "";
        }
        AVInputFormat format = new AVInputFormat(null);
        int score = avformat.av_probe_input_buffer2(bytes, format, address.url(), (Pointer) null, 0, 0);
        avformat.avio_closep(bytes);
        return score < 0 || format.isNull() ? "" : format.name().getString();
    }

    private String hint() {
        if (address.format().equals("rawvideo") || address.url().matches("(?i).*\\.(yuv|raw|rgb)")) {
            return " (raw video needs --input-format rawvideo, --input-size and --input-pixel-format)";
        }
        return address.kind() == SourceAddress.Kind.PIPE
                ? " (an mp4 from a pipe must have its index in front, and raw video needs --input-format)"
                : "";
    }

    private AVInputFormat container() throws VideoException {
        if (address.format().isEmpty()) {
            return null;
        }
        AVInputFormat format = avformat.av_find_input_format(address.format());
        if (format == null) {
            throw new VideoException("expected a container that FFmpeg reads, found \"" + address.format() + "\"");
        }
        return format;
    }
}
