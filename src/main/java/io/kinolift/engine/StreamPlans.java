package io.kinolift.engine;

import io.kinolift.frame.TimeGrid;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The plan of every stream: that of the first group that its id belongs to, else the common one. */
public final class StreamPlans {
    private final List<Group> groups;
    private final StreamPlan common;

    /**
     * Streams with a plan of their own.
     *
     * @param match pattern of their ids, as the user wrote it
     * @param ids the same pattern as an expression for the whole id
     */
    public record Group(String match, Pattern ids, StreamPlan plan) {
        /**
         * A group of the streams whose ids match a pattern.
         *
         * @param glob {@code *} stands for any text, {@code ?} for one character, all else for itself
         */
        public static Group of(String glob, StreamPlan plan) {
            return new Group(glob, Pattern.compile(StreamPlans.glob(glob), Pattern.DOTALL), plan);
        }
    }

    /**
     * A pattern of names as a regular expression.
     *
     * @param glob {@code *} stands for any text, {@code ?} for one character, all else for itself
     */
    public static String glob(String glob) {
        return glob.codePoints()
                .mapToObj(Character::toString)
                .map(character -> switch (character) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    default -> Pattern.quote(character);
                })
                .collect(Collectors.joining());
    }

    public StreamPlans(List<Group> groups, StreamPlan common) {
        this.groups = List.copyOf(groups);
        this.common = common;
    }

    /** Streams with a plan of their own, in the order in which they are tried. */
    public List<Group> groups() {
        return groups;
    }

    /** The plan of all others. */
    public StreamPlan common() {
        return common;
    }

    public StreamPlan of(String streamId) {
        return groups.stream()
                .filter(group -> group.ids().matcher(streamId).matches())
                .findFirst()
                .map(Group::plan)
                .orElse(common);
    }

    /** The times of a stream's outputs. */
    public TimeGrid timeGrid(String streamId) {
        return of(streamId).timeGrid();
    }

    /** Every plan that a stream may have. */
    public List<StreamPlan> all() {
        return Stream.concat(groups.stream().map(Group::plan), Stream.of(common))
                .toList();
    }
}
