package io.kinolift.audit;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.runtime.records.SourceRecords;
import io.kinolift.topology.InputTopics;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.TransferException;
import io.kinolift.window.Envelope;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.input.InputRecord;
import io.kinolift.wire.input.StreamPlace;
import io.kinolift.wire.output.OutputReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Proves, from the topics alone, that every frame is accounted for. It checks the equation of each account, and each
 * number against its topic: frame records against received, dead letters against dead-lettered, output frames against
 * emitted. It also checks that the output is in order, without repetitions and unexplained holes.
 *
 * <p>Accounts are read before and after the other topics, so records that are published meanwhile are not reported.
 */
public final class Audit {
    private static final String NO_STREAM = "";
    private static final Wire<Account> ACCOUNTS = new Wire<>(Account.getClassSchema());
    private static final Wire<DeadLetter> LETTERS = new Wire<>(DeadLetter.getClassSchema());

    private final Consumer<byte[], byte[]> consumer;
    private final TopicNames topics;
    private final InputFormat format;
    private final Predicate<String> wanted;
    /** Where each stream is, if its records do not say so: by stream and partition. */
    private final Map<String, StreamPlace> inputPlaces = new HashMap<>();

    private final Map<String, StreamAudit> streams = new TreeMap<>();
    private final Set<String> expired = new TreeSet<>();
    /** Forgotten ones that came back: their new accounts do not count what was before. */
    private final Set<String> begunAnew = new HashSet<>();
    /** Frames that had no room, which the account without a stream counts: partition and offset. */
    private final Set<FramePlace> crowded = new HashSet<>();

    /**
     * @param consumer must read committed records only
     * @param format of input records
     * @param wanted the streams to look at
     */
    public Audit(Consumer<byte[], byte[]> consumer, TopicNames topics, InputFormat format, Predicate<String> wanted) {
        this.consumer = consumer;
        this.topics = topics;
        this.format = format;
        this.wanted = wanted;
    }

    private record FramePlace(int partition, long offset) {}

    /**
     * What the audit found.
     *
     * @param lines one per stream, its legal holes, and the totals
     * @param problems the findings; empty if the audit is passed
     */
    public record Report(List<String> lines, List<String> problems) {}

    public Report run() throws TransferException {
        readAccounts((stream, account, partition) -> stream.put(stream.accounts, account, partition));
        boolean lettersDeleted = isCut(new TopicScan(consumer, topics.deadLetters()).run(this::letter));
        boolean inputDeleted = readInputs();
        boolean outputDeleted = isCut(new TopicScan(consumer, topics.upscaled()).run(this::output));
        readAccounts((stream, account, partition) -> stream.put(stream.later, account, partition));
        List<String> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        expired.forEach(streamId -> {
            streams.remove(streamId);
            lines.add(
                    "stream \"" + streamId
                            + "\": forgotten (kinolift.stream.retention.ms, kinolift.max.remembered.streams), its account is gone");
        });
        streams.forEach((streamId, stream) -> {
            boolean anew = begunAnew.contains(streamId);
            stream.inputDeleted = inputDeleted || anew;
            stream.lettersDeleted = lettersDeleted || anew;
            stream.outputDeleted = outputDeleted || anew;
            lines.add(stream.summary());
            stream.moves().forEach(move -> lines.add("  " + move));
            stream.trails.forEach(
                    (session, trail) -> trail.holes().forEach(hole -> lines.add("  session " + session + ": " + hole)));
            stream.problems().forEach(problem -> problems.add("stream \"" + streamId + "\": " + problem));
        });
        lines.add(total());
        return new Report(lines, problems);
    }

    private String total() {
        long received = streams.values().stream()
                .mapToLong(stream -> StreamAudit.received(stream.accounts))
                .sum();
        long held = streams.values().stream().mapToLong(StreamAudit::held).sum();
        long records = streams.values().stream()
                .mapToLong(stream -> stream.inputRecords)
                .sum();
        long emitted = streams.values().stream()
                .flatMap(stream -> stream.trails.values().stream())
                .mapToLong(SequenceTrail::emitted)
                .sum();
        return "total of " + streams.size() + (streams.size() == 1 ? " stream" : " streams") + ": received " + received
                + ", frame records " + records + ", held " + held + ", output frames " + emitted;
    }

    /** Whether records have been deleted that an audit would need. */
    private static boolean isCut(Map<TopicPartition, Long> beginnings) {
        return beginnings.values().stream().anyMatch(offset -> offset > 0);
    }

    /** The application forgets streams that ended long ago: nothing can be proven of them. */
    private void forget(String accountId) {
        String streamId = accountId.replaceFirst("/-?\\d+/\\d+$", "");
        expired.add(streamId);
        streams.remove(streamId);
    }

    private StreamAudit stream(String streamId) {
        return streams.computeIfAbsent(streamId, StreamAudit::new);
    }

    /** Is told of every account. */
    private interface AccountReader {
        void account(StreamAudit stream, Account account, int partition);
    }

    private void readAccounts(AccountReader reader) throws TransferException {
        new TopicScan(consumer, topics.accounts()).run(record -> {
            if (record.value() == null) {
                forget(new String(record.key(), StandardCharsets.UTF_8));
                return;
            }
            Account account = parse(record, ACCOUNTS);
            if (wanted.test(account.getStreamId())) {
                if (expired.remove(account.getStreamId())) {
                    begunAnew.add(account.getStreamId());
                }
                reader.account(stream(account.getStreamId()), account, record.partition());
            }
        });
    }

    private void input(ConsumerRecord<byte[], byte[]> record) {
        InputFormat.Opened opened = format.open(SourceRecords.of(record));
        String streamId = opened.streamId();
        if (!wanted.test(streamId)) {
            return;
        }
        // Records without a key, and those beyond the limit of streams, are counted together.
        boolean hadRoom = !crowded.contains(new FramePlace(record.partition(), record.offset()));
        StreamAudit stream = stream(hadRoom ? streamId : NO_STREAM);
        stream.partitions.add(record.partition());
        switch (read(opened, record.partition())) {
            case InputRecord.End(long session, long frames) -> {
                stream.inputEnds.put(session, frames);
                return;
            }
            case InputRecord.Frame(EncodedFrame frame, Envelope _) ->
                stream.places.frame(frame.session(), record.partition(), frame.sequence());
            case null -> stream.places.unreadable(record.partition());
        }
        if (record.offset() <= stream.offset(record.partition())) {
            stream.inputRecords++;
        } else {
            stream.inputPending++;
        }
    }

    /** The record as the application would see it; null if it would not. */
    private InputRecord read(InputFormat.Opened opened, int partition) {
        StreamPlace place = inputPlaces.computeIfAbsent(opened.streamId() + "/" + partition, _ -> new StreamPlace());
        try {
            return opened.read(place);
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    /** @return whether records have been deleted */
    private boolean readInputs() throws TransferException {
        boolean deleted = false;
        for (String name : inputs()) {
            deleted |= isCut(new TopicScan(consumer, name).run(this::input));
        }
        return deleted;
    }

    private List<String> inputs() {
        InputTopics inputs = topics.inputs();
        return inputs.isPattern()
                ? consumer.listTopics().keySet().stream()
                        .filter(inputs::matches)
                        .sorted()
                        .toList()
                : inputs.names();
    }

    private void letter(ConsumerRecord<byte[], byte[]> record) throws TransferException {
        DeadLetter letter = parse(record, LETTERS);
        boolean hadRoom = letter.getReason() != DeadLetterReason.TOO_MANY_STREAMS;
        if (!hadRoom) {
            crowded.add(new FramePlace(letter.getSourcePartition(), letter.getSourceOffset()));
        }
        String streamId = hadRoom ? letter.getStreamId() : NO_STREAM;
        if (wanted.test(streamId)) {
            stream(streamId).letters++;
        }
    }

    private void output(ConsumerRecord<byte[], byte[]> record) throws TransferException {
        VideoFrame frame;
        try {
            frame = OutputReader.read(SourceRecords.of(record));
        } catch (MalformedRecordException e) {
            throw new TransferException(place(record) + ": " + e.getMessage(), e);
        }
        if (!wanted.test(frame.getStreamId())) {
            return;
        }
        StreamAudit stream = stream(frame.getStreamId());
        SequenceTrail trail = stream.trail(frame.getSession());
        if (frame.getEndOfStream()) {
            long inputFrames = stream.inputEnds.getOrDefault(frame.getSession(), 0L);
            boolean incomplete = frame.getTotals().getUpscaled() < inputFrames;
            trail.end(frame.getSequence(), inputFrames, incomplete, place(record));
        } else {
            trail.frame(frame, place(record));
        }
    }

    private static <T extends SpecificRecordBase> T parse(ConsumerRecord<byte[], byte[]> record, Wire<T> wire)
            throws TransferException {
        try {
            return wire.read(record.value() == null ? new byte[0] : record.value());
        } catch (MalformedRecordException e) {
            throw new TransferException(place(record) + ": " + e.getMessage(), e);
        }
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
