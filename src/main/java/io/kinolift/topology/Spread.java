package io.kinolift.topology;

import java.util.List;

/**
 * How the windows of one stream are spread over all instances.
 *
 * @param windowsTopic where windows wait for an instance that upscales them
 * @param outcomesTopic where what came of them waits for the instance that puts it in order
 * @param lanes partitions of the windows topic: so many windows can be upscaled at once
 * @param windowsAhead of a partition of the frames topic that may be away; then no more of its frames are read for a
 *     while
 * @param maxWindowBytes the largest record of the windows topic; a larger window is upscaled where it was cut
 */
public record Spread(String windowsTopic, String outcomesTopic, int lanes, int windowsAhead, int maxWindowBytes) {
    /** The topics are named after their application, as changelogs are. */
    public static Spread of(String applicationId, int lanes, int windowsAhead, int maxWindowBytes) {
        List<String> topics = topics(applicationId);
        return new Spread(topics.getFirst(), topics.getLast(), lanes, windowsAhead, maxWindowBytes);
    }

    /** The topic of windows, and that of outcomes. */
    public List<String> topics() {
        return List.of(windowsTopic, outcomesTopic);
    }

    /** The same by the id of the application. */
    public static List<String> topics(String applicationId) {
        return List.of(applicationId + "-windows", applicationId + "-outcomes");
    }
}
