package io.kinolift.video;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What an output cannot hold, one line per kind. */
final class Omissions {
    private static final int NAMES = 6;

    private final String container;
    private final Map<String, List<String>> names = new LinkedHashMap<>();

    /** @param container the name to show for it */
    Omissions(String container) {
        this.container = container;
    }

    /**
     * Notes one thing.
     *
     * @param kind a noun in the singular
     * @param name may be empty
     */
    void add(String kind, String name) {
        names.computeIfAbsent(kind, _ -> new ArrayList<>()).add(name);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        names.forEach((kind, each) -> lines.add(String.format(
                Locale.ROOT,
                "not written: %d %s%s, %s has no place for %s",
                each.size(),
                each.size() == 1 ? kind : plural(kind),
                listed(each),
                container,
                each.size() == 1 ? "it" : "them")));
        return lines;
    }

    private static String plural(String kind) {
        int end = kind.contains(" of ") ? kind.indexOf(" of ") : kind.length();
        String noun = kind.substring(0, end);
        String plural = noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        return plural + kind.substring(end);
    }

    private static String listed(List<String> each) {
        TreeSet<String> known = new TreeSet<>(each);
        known.remove("");
        if (known.isEmpty()) {
            return "";
        }
        String first = String.join(", ", known.stream().limit(NAMES).toList());
        return " (" + first + (known.size() > NAMES ? ", ..." : "") + ")";
    }
}
