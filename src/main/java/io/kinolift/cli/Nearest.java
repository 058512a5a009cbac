package io.kinolift.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What somebody may have meant: the names that are alike. */
final class Nearest {
    private static final int MOST = 3;

    private Nearest() {}

    /** The nearest names, the nearest first; those that differ in more than a third of their letters are left out. */
    static List<String> of(String name, Collection<String> known) {
        return known.stream()
                .filter(other -> distance(name, other) <= Math.max(2, Math.max(name.length(), other.length()) / 3))
                .sorted(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** A clause for a sentence: names that are alike, else some that there are. */
    static String advice(String name, Collection<String> known, String kind) {
        List<String> near = of(name, known);
        if (!near.isEmpty()) {
            return "; did you mean " + quoted(near, " or ") + "?";
        }
        if (known.isEmpty()) {
            return "; there are no " + kind;
        }
        List<String> some = known.stream().sorted().limit(MOST).toList();
        return "; there " + (known.size() == 1 ? "is " : "are ") + quoted(some, ", ")
                + (known.size() > MOST ? " and " + (known.size() - MOST) + " more" : "");
    }

    private static String quoted(List<String> names, String between) {
        return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(between));
    }

    static int distance(String a, String b) {
        return EffectiveSettings.distance(a, b);
    }
}
