package io.kinolift.live.watch;

import io.kinolift.wire.StreamIds;
import java.util.Collection;
import java.util.stream.Collectors;

/** What is said to who asks for a stream that is not here: what was found, and which streams there are. */
final class NoStream {
    private static final int MOST_NAMED = 10;
    private static final int MOST_CHARACTERS = 80;

    private NoStream() {}

    /**
     * A sentence of bounded length.
     *
     * @param asked for, anything
     * @param known the streams that may be watched here
     */
    static String text(String asked, Collection<String> known) {
        return "expected a stream that this process has read since its start, found " + quoted(asked) + "; "
                + (known.isEmpty() ? "it has read none yet" : "it has read " + named(known));
    }

    private static String named(Collection<String> known) {
        String names =
                known.stream().sorted().limit(MOST_NAMED).map(NoStream::quoted).collect(Collectors.joining(", "));
        return known.size() > MOST_NAMED ? names + " and " + (known.size() - MOST_NAMED) + " more" : names;
    }

    /** A text from outside, bounded. */
    static String quoted(String text) {
        int end = Math.min(text.length(), MOST_CHARACTERS);
        boolean halved = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        String beginning = StreamIds.readable(text.substring(0, halved ? end - 1 : end));
        return "\"" + beginning + (end < text.length() ? "..." : "") + "\"";
    }
}
