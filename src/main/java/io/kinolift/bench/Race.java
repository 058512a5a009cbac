package io.kinolift.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Lets contenders run in turn, round by round. */
public final class Race {
    private final int rounds;
    private final WarmUp warmUp;

    /** @param rounds that count, at least 1 */
    public Race(int rounds, WarmUp warmUp) {
        this.rounds = rounds;
        this.warmUp = warmUp;
    }

    /**
     * The result of a contender.
     *
     * @param seconds per output frame, median over the rounds
     * @param ratio median over the rounds of its time over the first contender's
     */
    public record Standing(String contender, double seconds, double ratio) {}

    /**
     * Times all contenders in several rounds.
     *
     * @param contenders the first is the one to compare with
     * @param progress is told what runs
     */
    public List<Standing> run(List<Racer> contenders, Consumer<String> progress) {
        for (Racer contender : contenders) {
            progress.accept(contender.name());
            warmUp.run(contender);
        }
        double[][] seconds = new double[contenders.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            progress.accept("round " + (round + 1) + " of " + rounds);
            for (int turn = 0; turn < contenders.size(); turn++) {
                // Another one begins each time, so that what a contender leaves in the caches does not always help
                // the same one.
                int at = (turn + round) % contenders.size();
                seconds[at][round] = time(contenders.get(at));
            }
        }
        List<Standing> standings = new ArrayList<>();
        for (int at = 0; at < contenders.size(); at++) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = seconds[at][round] / seconds[0][round];
            }
            standings.add(new Standing(contenders.get(at).name(), median(seconds[at]), median(ratios)));
        }
        return standings;
    }

    private static double time(Racer contender) {
        long start = System.nanoTime();
        contender.round();
        return (System.nanoTime() - start) / 1e9 / contender.outputs();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
