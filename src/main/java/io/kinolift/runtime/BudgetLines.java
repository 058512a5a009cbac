package io.kinolift.runtime;

import io.kinolift.engine.Levels;
import io.kinolift.engine.StreamPlan;
import io.kinolift.engine.StreamPlans;
import io.kinolift.window.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a latency budget means for each plan, in words, for the log at the start. */
final class BudgetLines {
    private static final int USUAL_RATE = 30;

    private BudgetLines() {}

    /**
     * One line.
     *
     * @param warns whether the budget is probably not what was meant
     */
    record Line(boolean warns, String text) {}

    /**
     * The lines of all plans with a budget.
     *
     * @param windowSize core frames of a window
     */
    static List<Line> of(StreamPlans plans, int windowSize) {
        List<Line> lines = new ArrayList<>();
        for (StreamPlans.Group group : plans.groups()) {
            add(lines, "streams " + group.match(), group.plan(), windowSize);
        }
        add(lines, plans.groups().isEmpty() ? "all streams" : "all other streams", plans.common(), windowSize);
        return lines;
    }

    private static void add(List<Line> lines, String streams, StreamPlan plan, int windowSize) {
        Levels levels = plan.levels();
        if (levels.budgetMillis() == 0) {
            return;
        }
        if (!levels.isLive()) {
            lines.add(new Line(
                    true,
                    streams + ": kinolift.latency.budget.ms=" + levels.budgetMillis()
                            + " changes nothing, because no level is cheaper than the plan"));
            return;
        }
        int frames = windowSize - 1 + new Reach(plan.timeGrid()).after();
        long fillMillis = 1000L * frames / USUAL_RATE;
        boolean warns = levels.budgetMillis() < fillMillis;
        lines.add(new Line(
                warns,
                String.format(
                        Locale.ROOT,
                        "%s: a window that is more than %d ms late, half of the budget, leaves the plan (levels %s). The"
                                + " first frame of a window waits for %d more, %d ms at %d frames per second, and that"
                                + " comes on top%s",
                        streams,
                        levels.lateMillis(),
                        levels.numbers().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        frames,
                        fillMillis,
                        USUAL_RATE,
                        warns ? "; kinolift.window.size=1 waits least" : "")));
    }
}
