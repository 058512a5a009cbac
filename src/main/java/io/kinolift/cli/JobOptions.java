package io.kinolift.cli;

import io.kinolift.frame.Codec;
import io.kinolift.sizing.Job;
import io.kinolift.sizing.VideoShape;
import java.util.Map;
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
            description = "an operator or a preset (default trilinear)")
    private String operator;

    @Option(names = "--window-size", paramLabel = "N", description = "core frames per window (default 8)")
    private Integer window;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            description = "commit.interval.ms, in milliseconds (default 100)")
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
            return new Job(
                    VideoShape.parse(in),
                    VideoShape.parse(out),
                    input,
                    outputCodec == null ? input : outputCodec,
                    operator == null ? "trilinear" : operator,
                    window == null ? 8 : window,
                    commit == null ? 100 : commit,
                    new TreeMap<>(settings));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
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
