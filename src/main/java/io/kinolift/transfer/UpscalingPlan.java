package io.kinolift.transfer;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.Plans;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.Setting;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.video.Source;
import io.kinolift.video.VideoInfo;
import io.kinolift.video.VideoReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What follows from a request and the properties of its input. Nothing is started yet. */
final class UpscalingPlan {
    private final Upscaling.Request request;
    private final boolean repeatable;
    private final Source rest;
    private final VideoInfo info;
    private final TimePlan time;
    private final Map<String, String> settings;
    private final KinoliftConfig config;
    private final Rational factor;

    private UpscalingPlan(Upscaling.Request request, VideoReader reader, TimePlan time) {
        this.request = request;
        repeatable = reader.isRepeatable();
        rest = reader.rest();
        info = reader.info();
        this.time = time;
        settings = chooseSettings();
        config = new KinoliftConfig(settings);
        factor = Plans.operator(config).timeGrid().factor();
    }

    /** @throws VideoException if the times of the input cannot be read */
    static UpscalingPlan of(Upscaling.Request request, VideoReader reader) throws VideoException {
        TimePlan time = request.framesPerSecond() == null
                ? null
                : TimePlan.of(request.input(), reader.isRepeatable(), reader.info(), request.framesPerSecond());
        return new UpscalingPlan(request, reader, time);
    }

    /** What cannot be as in a file, one line each. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!repeatable && time != null) {
            remarks.add("the rate of " + request.input() + " is taken as it says, " + info.frameRate()
                    + " frames per second: it cannot be read ahead");
        }
        return remarks;
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
                request.encoder(),
                outputRate(),
                config.get(OutputSettings.QUALITY),
                info.sideData(),
                request.streams().of(rest, info.stream()),
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
            FrameCodecs.requireSupported(Plans.codecAlone(config), info.pixelFormat());
        } catch (FrameCodecException e) {
            throw new VideoException(e.getMessage());
        }
    }

    /** @throws VideoException if the pictures are too large, or the output cannot hold them */
    void requireWritable() throws VideoException {
        requireAtMost(LimitSettings.MAX_FRAME_PIXELS, "pixels", info.width(), info.height());
        BoundOperator operator =
                Plans.operator(config).bind(info.pixelFormat(), info.width(), info.height(), info.colour());
        requireAtMost(
                LimitSettings.MAX_OUTPUT_PIXELS, "output pixels", operator.outputWidth(), operator.outputHeight());
        FrameFormat format = new FrameFormat(
                Plans.codecAlone(config),
                info.pixelFormat(),
                operator.outputWidth(),
                operator.outputHeight(),
                info.sampleAspectRatio(),
                info.colour());
        if (request.output().isOnePicture() && expectedFramesOut() > 1) {
            throw new VideoException("expected one picture for " + request.output() + ", found a video of about "
                    + expectedFramesOut() + " (a name such as picture_%04d.png takes them)");
        }
        Rational rate = outputRate();
        try (VideoFile file = new VideoFile(file())) {
            file.requireWritable(format, rate.inverse(), rate);
        }
    }

    private void requireAtMost(Setting<Long> limit, String unit, long width, long height) throws VideoException {
        if (width * height > config.get(limit)) {
            throw new VideoException("expected at most " + config.get(limit) + " " + unit + " (" + limit.name()
                    + "), found " + width + "x" + height);
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
        // The broker is on the same disk and would not pause; so the whole transfer ends in time (DiskSpace).
        chosen.putIfAbsent(ProcessSettings.DISK_MIN_FREE.name(), "0");
        // The default, JPEG, has neither RGB, nor alpha, nor more than 8 bits.
        String usual = FrameCodecs.usual(info.pixelFormat()).name().toLowerCase(Locale.ROOT);
        chosen.merge(OutputSettings.FRAME_CODEC.name(), usual, (given, _) -> given.equals("auto") ? usual : given);
        if (request.output().isOnePicture()) {
            // A picture has none beside it.
            chosen.putIfAbsent(OperatorSettings.SCALE_FACTOR.name(), "1,2,2");
        }
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
