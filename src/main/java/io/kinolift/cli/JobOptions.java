package io.kinolift.cli;

import io.kinolift.frame.Codec;
import io.kinolift.runtime.StreamsProperties;
import io.kinolift.settings.OperatorKinds;
import io.kinolift.settings.Setting;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.sizing.Bounds;
import io.kinolift.sizing.Job;
import io.kinolift.sizing.VideoShape;
import io.kinolift.sizing.measure.Calibration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What is done to each stream that is to be sized. */
final class JobOptions {
    @Option(names = "--in", paramLabel = "WxH@RATE", description = "size and rate of the input, such as 960x540@30")
    private String in;

    @Option(names = "--out", paramLabel = "WxH@RATE", description = "size and rate of the output, such as 1920x1080@60")
    private String out;

    @Option(names = "--codec", paramLabel = "CODEC", description = "codec of the input: jpeg, h264, ... (default h264)")
    private Codec codec;

    @Option(
            names = "--output-codec",
            paramLabel = "CODEC",
            description = "codec of the output (default that of the input)")
    private Codec outputCodec;

    @Option(
            names = {"--operator", "--preset"},
            paramLabel = "NAME",
            description = "an operator or a preset (default as for run)")
    private String operator;

    @Option(names = "--window-size", paramLabel = "N", description = "core frames per window (default as for run)")
    private Integer window;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            description = "commit.interval.ms, in milliseconds (default as for run)")
    private Long commit;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "any other setting of Kinolift; may be repeated")
    private Map<String, String> settings = Map.of();

    /** @throws UsageException if something is missing or makes no sense */
    Job job() {
        if (in == null || out == null) {
            throw new UsageException("expected --in and --out, or --figures with a file that exists");
        }
        try {
            Codec input = codec == null ? Codec.H264 : codec;
            Job job = new Job(
                    VideoShape.parse(in),
                    VideoShape.parse(out),
                    input,
                    outputCodec == null ? input : outputCodec,
                    operator == null ? OperatorKinds.OPERATOR.usualText() : operator,
                    window == null ? Integer.parseInt(WindowingSettings.WINDOW_SIZE.usualText()) : window,
                    commit == null ? StreamsProperties.COMMIT_INTERVAL.toMillis() : commit,
                    new TreeMap<>(settings));
            requireOthers(job);
            // Before it is measured: values that do not go together.
            Bounds.of(job);
            return job;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void requireOthers(Job job) {
        Set<String> chosen = Calibration.chosen(job);
        for (String name : settings.keySet()) {
            if (chosen.contains(name) || !name.startsWith(Setting.PREFIX)) {
                throw new UsageException("expected --set with other settings of Kinolift than "
                        + String.join(", ", chosen) + ", which size sets itself, found " + name);
            }
        }
    }

    /**
     * Checks that what is given is what was measured.
     *
     * @throws UsageException naming both if it is not
     */
    void requireSame(Job measured) {
        Job asked;
        try {
            asked = new Job(
                    in == null ? measured.input() : VideoShape.parse(in),
                    out == null ? measured.output() : VideoShape.parse(out),
                    codec == null ? measured.inputCodec() : codec,
                    outputCodec == null ? measured.outputCodec() : outputCodec,
                    operator == null ? measured.operator() : operator,
                    window == null ? measured.window() : window,
                    commit == null ? measured.commitMillis() : commit,
                    settings.isEmpty() ? measured.settings() : settings);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        if (!asked.equals(measured)) {
            throw new UsageException("expected figures of " + asked + ", found those of " + measured);
        }
    }
}
