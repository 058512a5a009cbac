package io.kinolift.topology;

import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.input.FormatGuess;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.input.SourceRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once if no record of an input topic can be read: mostly, a setting is wrong and not the records. For all tasks. */
final class UnreadableTopic {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableTopic.class);
    /** As many as nobody sends by mistake, within a second of video. */
    private static final int FAILURES = 20;

    private static final int READABLE = -1;

    private final InputFormat format;
    /** By topic: how many records failed, none having been read; or {@link #READABLE}. */
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    UnreadableTopic(InputFormat format) {
        this.format = format;
    }

    void read(SourceRecord record) {
        failures.put(record.topic(), READABLE);
    }

    void failed(SourceRecord record, MalformedRecordException failure) {
        int count = failures.merge(record.topic(), 1, (before, one) -> before == READABLE ? READABLE : before + one);
        if (count == FAILURES) {
            String name = format.in(record.topic()).name();
            String advice = FormatGuess.of(record.value())
                    .filter(guess -> !guess.equals(name))
                    .map(guess -> "the values look like " + guess + ": set kinolift.input.format=" + guess)
                    .orElse("see kinolift.input.format and the settings of that format");
            LOG.warn(
                    "none of the first {} records of {} can be read as {}, so all of them are dead letters; {}. The last "
                            + "one: {}",
                    count,
                    record.topic(),
                    name,
                    advice,
                    failure.getMessage());
        }
    }
}
