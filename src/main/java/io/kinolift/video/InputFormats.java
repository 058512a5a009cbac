package io.kinolift.video;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Which of FFmpeg's containers a source may be, by what they would open besides. */
final class InputFormats {
    static final String SCRIPT = "concat";
    static final String MANIFEST = "dash";

    /** They open what they name without asking {@link NestedOpens}. What they name must be looked at before. */
    static final Set<String> UNASKED = Set.of(SCRIPT, MANIFEST, "vobsub", "rtp", "rtsp", "sap", "sdp");

    /** They open network ports. */
    private static final Set<String> PORTS = Set.of("rtp", "rtsp", "sap", "sdp");
    /** They are no files. */
    private static final Set<String> DEVICES = Set.of("lavfi");
    /** They ask, but a script of files does not pass on the question. */
    private static final Set<String> NAMING =
            Set.of("hls", MANIFEST, "imf", "mlv", "webm_dash_manifest", "image2", "vobsub");

    private InputFormats() {}

    /** All but those that would open what they must not. */
    static Set<String> of(Source source, SourceAddress address, NestedFiles nested) {
        Set<String> names = new HashSet<>(all());
        if (!address.format().isEmpty()) {
            names.add(address.format());
        }
        names.removeAll(DEVICES);
        names.remove("vobsub");
        if (!mayOpenPorts(source, address)) {
            names.removeAll(PORTS);
        }
        switch (nested) {
            case SCRIPT -> names.removeAll(NAMING);
            case MANIFEST -> names.remove(SCRIPT);
            case ASKED -> names.removeAll(Set.of(SCRIPT, MANIFEST));
            case REMOTE -> names.remove(SCRIPT);
        }
        return names;
    }

    static boolean mayOpenPorts(Source source, SourceAddress address) {
        return address.opensPorts()
                || source.allowedProtocols().contains("rtp")
                || source.allowedProtocols().contains("udp");
    }

    static boolean opensPorts(String format) {
        return PORTS.contains(format);
    }

    /** FFmpeg's list of protocols for whatever does not ask; null leaves it to FFmpeg. */
    static String protocols(Source source, SourceAddress address, NestedFiles nested) {
        if (address.opensPorts()) {
            return null;
        }
        Set<String> names = new TreeSet<>(source.allowedProtocols());
        switch (nested) {
            case ASKED -> names.add("none");
            case SCRIPT, MANIFEST -> names.addAll(List.of("file", "crypto", "data"));
            case REMOTE -> {
                names.addAll(address.ownProtocols());
                names.addAll(List.of("crypto", "data"));
            }
        }
        if (source.allowed().allFiles()) {
            names.add("file");
        }
        if (names.contains("http") || names.contains("https")) {
            names.addAll(List.of("tcp", "tls", "httpproxy"));
        }
        if (names.contains("rtp")) {
            names.add("udp");
        }
        return String.join(",", names);
    }

    private static List<String> all() {
        List<String> names = new ArrayList<>();
        try (PointerPointer<Pointer> position = new PointerPointer<>(1)) {
            position.put(0, (Pointer) null);
            for (AVInputFormat next = avformat.av_demuxer_iterate(position);
                    next != null;
                    next = avformat.av_demuxer_iterate(position)) {
                names.addAll(List.of(next.name().getString().split(",", -1)));
            }
        }
        return names;
    }
}
