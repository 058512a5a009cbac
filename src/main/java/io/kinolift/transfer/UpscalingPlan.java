package io.kinolift.transfer;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.Plans;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.video.VideoInfo;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What follows from a request and the properties of its input. Nothing is started yet. */
final class UpscalingPlan {
    private final Upscaling.Request request;
    private final VideoInfo info;
    private final TimePlan time;
    private final Map<String, String> settings;
    private final KinoliftConfig config;
    private final Rational factor;

    private UpscalingPlan(Upscaling.Request request, VideoInfo info, TimePlan time) {
        this.request = request;
        this.info = info;
        this.time = time;
        settings = chooseSettings();
        config = new KinoliftConfig(settings);
        factor = Plans.operator(config).timeGrid().factor();
    }

    /** @throws VideoException if the times of the input cannot be read */
    static UpscalingPlan of(Upscaling.Request request, VideoInfo info) throws VideoException {
        TimePlan time = request.framesPerSecond() == null
                ? null
                : TimePlan.of(request.input().toString(), info, request.framesPerSecond());
        return new UpscalingPlan(request, info, time);
    }

    /** How times become those of the frame rate that was asked for; null if none was. */
    TimePlan time() {
        return time;
    }

    /** Settings of the application, with those of where it runs. */
    KinoliftConfig configIn(Cluster cluster) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(cluster.topicSettings());
        return new KinoliftConfig(all);
    }

    /** Output frames per input frame that is sent. */
    Rational factor() {
        return factor;
    }

    VideoFile.Settings file() {
        return new VideoFile.Settings(
                request.output(),
                request.videoCodec(),
                outputRate(),
                config.get(OutputSettings.QUALITY),
                info.rotation(),
                info.hasAudio() ? request.input() : null,
                request.background(),
                request.threads());
    }

    /** @throws VideoException if the operator or the codec of frames cannot take such pictures */
    void requireUpscalable() throws VideoException {
        Optional<String> refusal =
                Plans.operator(config).refusal(info.pixelFormat(), info.width(), info.height(), info.colour());
        if (refusal.isPresent()) {
            throw new VideoException(request.input() + ": the operator " + refusal.get());
        }
        try {
            FrameCodecs.requireSupported(Plans.codec(config), info.pixelFormat());
        } catch (FrameCodecException e) {
            throw new VideoException(e.getMessage());
        }
    }

    /** @throws VideoException if the output cannot hold such pictures */
    void requireWritable() throws VideoException {
        BoundOperator operator =
                Plans.operator(config).bind(info.pixelFormat(), info.width(), info.height(), info.colour());
        FrameFormat format = new FrameFormat(
                Plans.codec(config),
                info.pixelFormat(),
                operator.outputWidth(),
                operator.outputHeight(),
                info.sampleAspectRatio(),
                info.colour());
        Rational rate = outputRate();
        try (VideoFile file = new VideoFile(file())) {
            file.requireWritable(format, rate.inverse(), rate);
        }
    }

    /** About how many frames will come out; 0 when unknown. */
    long expectedFramesOut() {
        if (request.framesPerSecond() == null) {
            return factor.floorOfProduct(Math.max(0, expectedFrames()));
        }
        return Math.round(info.duration()
                * info.timeBase().toDouble()
                * request.framesPerSecond().toDouble());
    }

    private long expectedFrames() {
        if (info.promisedFrames() > 0 || info.duration() == 0) {
            return info.promisedFrames();
        }
        return Math.round(info.duration()
                * info.timeBase().toDouble()
                * info.averageFrameRate().toDouble());
    }

    private Rational outputRate() {
        if (request.framesPerSecond() != null) {
            return request.framesPerSecond();
        }
        Rational rate = info.averageFrameRate().isPositive() ? info.averageFrameRate() : info.frameRate();
        return (rate.isPositive() ? rate : Rational.of(25)).multiply(factor);
    }

    private Map<String, String> chooseSettings() {
        Map<String, String> chosen = new HashMap<>(request.settings());
        // One file, one broker, one task: a mismatch shows at once, so a check would only delay the start.
        chosen.putIfAbsent(ProcessSettings.START_CHECK.name(), "off");
        // The default, JPEG, has neither RGB, nor alpha, nor more than 8 bits.
        String usual = FrameCodecs.usual(info.pixelFormat()).name().toLowerCase(Locale.ROOT);
        chosen.putIfAbsent(OutputSettings.FRAME_CODEC.name(), usual);
        if (time != null) {
            String[] factors = chosen.getOrDefault(OperatorSettings.SCALE_FACTOR.name(), "2,2,2")
                    .split(",", -1);
            String last = factors[factors.length - 1];
            String height = factors.length == 3 ? factors[1] : last;
            chosen.put(OperatorSettings.SCALE_FACTOR.name(), time.factor() + "," + height + "," + last);
        }
        return chosen;
    }
}
