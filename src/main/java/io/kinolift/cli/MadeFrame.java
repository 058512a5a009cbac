package io.kinolift.cli;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.quality.SideBySide;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.Plans;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.Source;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws how a frame between two inputs is made: the input before it, a blend of both, and the frame that follows the
 * motion. The two are made here by the operators that streams have; what they make does not depend on the way through
 * Kafka.
 */
final class MadeFrame {
    private final Source video;
    private final KinoliftConfig config;
    private final Operator motion;
    private final Operator blend;

    MadeFrame(Source video, Map<String, String> settings) {
        this.video = video;
        config = new KinoliftConfig(settings);
        motion = Plans.operator(config);
        Map<String, String> blending = new HashMap<>(settings);
        blending.put(OperatorSettings.MOTION.name(), "off");
        // Without motion, some operators have no factor in time unless it is given.
        blending.putIfAbsent(OperatorSettings.SCALE_FACTOR.name(), OperatorSettings.SCALE_FACTOR.usualText());
        blend = Plans.operator(new KinoliftConfig(blending));
    }

    /** Whether there are frames between inputs, and they follow the motion. */
    boolean followsMotion() {
        return config.get(OperatorSettings.MOTION).equals("on")
                && motion.timeGrid().factor().compareTo(Rational.ONE) > 0;
    }

    /** The middle frame of the video, or the one before the last. */
    int middle() throws VideoException {
        int frames = CompareCommand.times(video).size();
        return Math.max(0, Math.min(frames / 2, frames - 2));
    }

    /**
     * Draws the first frame between an input and the next.
     *
     * @param picture is replaced
     */
    void draw(int input, Path picture) throws VideoException, IOException {
        long output = between(input);
        TimeGrid before = motion.timeGrid();
        TimeGrid after = blend.timeGrid();
        long first = Math.max(0, Math.min(before.firstTap(output), after.firstTap(output)));
        List<TimedPicture> inputs = read(first, Math.max(before.lastTap(output), after.lastTap(output)));
        try {
            TimedPicture source = inputs.get((int) Math.min(input - first, inputs.size() - 1));
            try (Picture blended = make(blend, output, inputs, first);
                    Picture followed = make(motion, output, inputs, first)) {
                Colour colour = source.colour();
                SideBySide.write(
                        List.of(
                                new SideBySide.Side("source", "", source.picture(), colour),
                                new SideBySide.Side("blend", "", blended, colour),
                                new SideBySide.Side("motion", "", followed, colour)),
                        picture);
            }
        } finally {
            inputs.forEach(TimedPicture::close);
        }
    }

    /** The first output that lies between an input and the next. */
    private long between(int input) {
        TimeGrid grid = motion.timeGrid();
        long output = grid.outputsBefore(input);
        while (grid.firstTap(output) < input || grid.lastTap(output) == input) {
            output++;
        }
        return output;
    }

    /** As many of the frames from first to last as the video has. */
    private List<TimedPicture> read(long first, long last) throws VideoException {
        List<TimedPicture> kept = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(video, ReaderLimits.DEFAULT)) {
            for (long index = 0; index <= last; index++) {
                TimedPicture next = reader.next();
                if (next == null) {
                    break;
                }
                if (index < first) {
                    next.close();
                } else {
                    kept.add(next);
                }
            }
        }
        return kept;
    }

    private static Picture make(Operator operator, long output, List<TimedPicture> inputs, long first) {
        TimedPicture any = inputs.getFirst();
        Picture input = any.picture();
        BoundOperator bound = operator.bind(input.format(), input.width(), input.height(), any.colour());
        Picture made = new AvPictures().allocate(bound.outputFormat(), bound.outputWidth(), bound.outputHeight());
        bound.upscale(
                output,
                new InputFrames() {
                    @Override
                    public long first() {
                        return first;
                    }

                    @Override
                    public long last() {
                        return first + inputs.size() - 1;
                    }

                    @Override
                    public Picture at(long index) {
                        return inputs.get((int) (index - first)).picture();
                    }
                },
                made,
                Bands.ONE);
        return made;
    }
}
