package io.kinolift.topology;

import io.kinolift.engine.EngineSettings;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.window.WindowSettings;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.output.OutputFormat;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything the topology needs to know, as plain values.
 *
 * @param topics names of the four topics
 * @param engine how frames are upscaled
 * @param maxRecordBytes the largest record the output and dead-letter topics take, key and value
 * @param idleTimeout how long a stream may be silent before outputs that are already final leave
 * @param endTimeout how long a stream may be silent before it is ended; zero means without limit
 * @param retention how long the row of an ended stream is kept
 * @param limits how many streams a task knows
 * @param input how frames lie in input records
 * @param output how frames lie in output records
 * @param spread how the windows of a stream are spread over instances; empty if each stream is upscaled where its
 *     windows are cut
 * @param registry where schemas are; without one, records carry the fingerprint of theirs
 */
public record TopologySettings(
        TopicNames topics,
        EngineSettings engine,
        WindowSettings windows,
        int maxRecordBytes,
        Duration idleTimeout,
        Duration endTimeout,
        Duration retention,
        StreamLimits limits,
        InputFormat input,
        OutputFormat output,
        Optional<Spread> spread,
        Optional<SchemaRegistry> registry) {
    /** Topics that take less are refused: the numbers and names of a dead letter may need it. */
    public static final int LEAST_RECORD_BYTES = 4096;

    /**
     * How many streams a task knows.
     *
     * @param open streams that hold frames; the oldest idle one rests when there would be one more
     * @param remembered streams that ended, rest or never began; beyond it, the oldest is forgotten
     */
    public record StreamLimits(int open, int remembered) {}

    /** The topics that the application writes in its transactions, without its changelogs. */
    public Set<String> transactional() {
        Set<String> all = new HashSet<>(topics.written());
        spread.ifPresent(between -> all.addAll(List.of(between.windowsTopic(), between.outcomesTopic())));
        return all;
    }

    /** The same for output topics with another limit. */
    TopologySettings withMaxRecordBytes(int bytes) {
        return new TopologySettings(
                topics,
                engine,
                windows,
                bytes,
                idleTimeout,
                endTimeout,
                retention,
                limits,
                input,
                output,
                spread,
                registry);
    }

    /**
     * Names of the topics.
     *
     * @param frames as {@link InputTopics} reads it
     */
    public record TopicNames(String frames, String upscaled, String deadLetters, String accounts) {
        public static final TopicNames DEFAULT =
                new TopicNames("kinolift.frames", "kinolift.upscaled", "kinolift.dead-letters", "kinolift.accounts");

        /** The topics that frames come from. */
        public InputTopics inputs() {
            return new InputTopics(frames);
        }

        /** All of them; of a pattern of input topics, the pattern. */
        public List<String> all() {
            return Stream.concat(inputs().names().stream(), Stream.of(upscaled, deadLetters, accounts))
                    .toList();
        }

        /** Those that the application writes. */
        public Set<String> written() {
            return Set.of(upscaled, deadLetters, accounts);
        }
    }
}
