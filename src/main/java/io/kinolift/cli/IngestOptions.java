package io.kinolift.cli;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.Plans;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be said of a source on its way to the topics; an entry of a file of sources has the same names. */
final class IngestOptions {
    @Mixin
    SourceOptions source;

    @Mixin
    PlaybackOptions playback;

    @Mixin
    SoundOptions sound;

    @Option(names = "--stream", paramLabel = "ID", description = "stream id: the key of every record")
    String streamId;

    @Option(
            names = "--session",
            paramLabel = "N",
            description = "number of this run; higher than any before for the same stream (default: the time now, in ms"
                    + " since 1970)")
    Long session;

    @Option(names = "--topic", paramLabel = "NAME", description = "frames topic (default kinolift.frames)")
    String topic;

    @Option(
            names = "--partition",
            paramLabel = "N",
            description =
                    "partition of the frames topic (default: where the stream is known to be; of a new one, the one"
                            + " with the fewest open streams)")
    Integer partition;

    @Option(
            names = "--frame-codec",
            paramLabel = "CODEC",
            defaultValue = "jpeg",
            description =
                    "jpeg, png, raw, ffv1 (default ${DEFAULT-VALUE}); more than 8 bits and alpha need ffv1 or raw, RGB png."
                            + " copy: H.264, HEVC, VP9 and AV1 as they are, without encoding anew")
    private String frameCodec;

    @Option(
            names = "--quality",
            paramLabel = "Q",
            defaultValue = "2",
            description = "FFmpeg's qscale, 1 (best) to 31 (default ${DEFAULT-VALUE})")
    private String quality;

    boolean isPassedOn() {
        return frameCodec.equals("copy");
    }

    /** How frames are encoded, checked. */
    KinoliftConfig encoding() {
        String encoded = isPassedOn() ? "jpeg" : frameCodec;
        KinoliftConfig config = new KinoliftConfig(
                Map.of(OutputSettings.FRAME_CODEC.name(), encoded, OutputSettings.QUALITY.name(), quality));
        Plans.codecAlone(config);
        return config;
    }
}
