package io.kinolift.engine;

import io.kinolift.upscale.Operator;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The levels of a plan, below the planned one.
 *
 * @param budgetMillis how long after its capture an output of a live stream may come; 0 for a stream without levels
 * @param operators those that change something; their outputs are as many, as large and at the same times as planned
 * @param numbers of these and of the planned one, in order
 */
public record Levels(long budgetMillis, Map<Level, Operator> operators, NavigableSet<Integer> numbers) {
    public static final Levels NONE = new Levels(0, Map.of());

    /** The part of the budget that has passed before a window is begun; filling, work and commit take the rest. */
    private static final double LATE_SHARE = 0.5;

    public Levels(long budgetMillis, Map<Level, Operator> operators) {
        this(
                budgetMillis,
                operators.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(operators)),
                Collections.unmodifiableNavigableSet(operators.keySet().stream()
                        .map(Level::number)
                        .collect(Collectors.toCollection(() -> new TreeSet<>(Collections.singleton(0))))));
    }

    /** Whether the level of a stream is ever to be decided. */
    public boolean isLive() {
        return budgetMillis > 0 && !operators.isEmpty();
    }

    /** How late a window may be when it is cut, before its stream goes down a level. */
    public long lateMillis() {
        return (long) (LATE_SHARE * budgetMillis);
    }

    /**
     * The operator of a level.
     *
     * @param number as a window has it; of one that this plan does not have, the next better one counts
     */
    Operator operator(int number, Operator planned) {
        Integer known = numbers.floor(number);
        return known == null || known == 0 ? planned : operators.get(Level.values()[known]);
    }
}
