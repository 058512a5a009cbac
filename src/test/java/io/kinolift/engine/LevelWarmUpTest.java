package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LevelWarmUpTest {
    private static final StreamPlan BEST = Plans.streams(new KinoliftConfig(Map.of(
                    "kinolift.preset", "best",
                    "kinolift.scale.factor", "2,2,2",
                    "kinolift.latency.budget.ms", "500")))
            .common();
    /** Pictures made, by number of level, in the order of the first one. */
    private final Map<Integer, Long> made = Collections.synchronizedMap(new LinkedHashMap<>());

    private final Set<Picture> inputs = Collections.newSetFromMap(new IdentityHashMap<>());

    @Test
    void everyLevel_isMadeOften_theLastResortFirst() {
        assertThat(LevelWarmUp.run(watched(BEST), Duration.ofMinutes(5), () -> false))
                .isEmpty();
        assertThat(new ArrayList<>(made.keySet())).isEqualTo(List.of(5, 4, 3, 2, 1, 0));
        // Of six inputs each.
        assertThat(made.values()).allSatisfy(outputs -> assertThat(outputs).isGreaterThanOrEqualTo(20 * 12));
    }

    /** What is known of two pictures is not computed a second time. */
    @Test
    void noPicture_isShownTwice_andAllAreClosed() {
        LevelWarmUp.run(watched(BEST), Duration.ofMinutes(5), () -> false);
        assertThat(inputs).hasSizeGreaterThanOrEqualTo(6 * 20 * 6).allMatch(Picture::isClosed);
    }

    @Test
    void levelsWithoutTime_areNamed() {
        assertThat(LevelWarmUp.run(watched(BEST), Duration.ZERO, () -> false)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(made).isEmpty();
    }

    @Test
    void aStop_endsItWithThePicture() {
        Set<Integer> cold = LevelWarmUp.run(watched(BEST), Duration.ofMinutes(5), () -> made.getOrDefault(4, 0L) == 7);
        assertThat(cold).containsExactly(0, 1, 2, 3, 4);
        assertThat(made).containsEntry(4, 7L).hasSize(2);
        assertThat(inputs).allMatch(Picture::isClosed);
    }

    @Test
    void anOperatorThatRefusesTheFormat_isLeftOut() {
        StreamPlan refusing = planned(BEST, Map.of(), new Watched(0, BEST.operator()) {
            @Override
            public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
                return Optional.of("expected another format");
            }
        });
        assertThat(LevelWarmUp.run(refusing, Duration.ofMinutes(5), () -> false))
                .isEmpty();
        assertThat(made).isEmpty();
    }

    private StreamPlan watched(StreamPlan plan) {
        Map<Level, Operator> levels = new EnumMap<>(Level.class);
        plan.levels()
                .operators()
                .forEach((level, operator) -> levels.put(level, new Watched(level.number(), operator)));
        return planned(plan, levels, new Watched(0, plan.operator()));
    }

    private static StreamPlan planned(StreamPlan plan, Map<Level, Operator> levels, Operator operator) {
        return new StreamPlan(
                operator,
                plan.sceneCut(),
                plan.encoding(),
                plan.fingerprint(),
                plan.summary(),
                new Levels(plan.levels().budgetMillis(), levels));
    }

    /** Counts what another one makes, and remembers of what. */
    private class Watched implements Operator {
        private final int level;
        private final Operator operator;

        Watched(int level, Operator operator) {
            this.level = level;
            this.operator = operator;
        }

        @Override
        public TimeGrid timeGrid() {
            return operator.timeGrid();
        }

        @Override
        public long outputWidth(int width) {
            return operator.outputWidth(width);
        }

        @Override
        public long outputHeight(int height) {
            return operator.outputHeight(height);
        }

        @Override
        public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
            BoundOperator bound = operator.bind(format, width, height, colour);
            return new BoundOperator() {
                @Override
                public PixelFormat outputFormat() {
                    return bound.outputFormat();
                }

                @Override
                public int outputWidth() {
                    return bound.outputWidth();
                }

                @Override
                public int outputHeight() {
                    return bound.outputHeight();
                }

                @Override
                public void upscale(long output, InputFrames frames, Picture out, Bands bands) {
                    made.merge(level, 1L, Long::sum);
                    for (long index = frames.first(); index <= frames.last(); index++) {
                        inputs.add(frames.at(index));
                    }
                    bound.upscale(output, frames, out, bands);
                }
            };
        }
    }
}
