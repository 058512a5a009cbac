package io.kinolift.video;

import java.util.Set;

/** Which audio tracks of a source are read beside its pictures. */
public record SoundChoice(Kind kind, Set<Integer> tracks) {
    public static final SoundChoice NONE = new SoundChoice(Kind.NONE, Set.of());
    /** The one that FFmpeg takes for the main one. */
    public static final SoundChoice MAIN = new SoundChoice(Kind.MAIN, Set.of());

    public static final SoundChoice ALL = new SoundChoice(Kind.ALL, Set.of());

    /** What says which. */
    public enum Kind {
        NONE,
        MAIN,
        ALL,
        /** By their numbers among the audio tracks, from 0. */
        NAMED
    }

    public static SoundChoice of(Set<Integer> numbers) {
        return new SoundChoice(Kind.NAMED, Set.copyOf(numbers));
    }

    /** @param main whether the track is the main one */
    boolean takes(int number, boolean main) {
        return switch (kind) {
            case NONE -> false;
            case MAIN -> main;
            case ALL -> true;
            case NAMED -> tracks.contains(number);
        };
    }
}
