package io.kinolift.cli;

import io.kinolift.audit.DeadLetterBox;
import io.kinolift.audit.DeadLetterReplay;
import io.kinolift.audit.Letter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.runtime.records.RecordReader;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.TransferException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters and sends them again. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift dead-letters --bootstrap-server broker:9092",
            "  kinolift dead-letters --bootstrap-server broker:9092 --stream camera-7 --reason UNDECODABLE",
            "  kinolift dead-letters --bootstrap-server broker:9092 --stream camera-7 --replay"
        },
        exitCodeList = {
            ExitCodes.SAYS_DONE,
            "1:some could not be sent again, or failed: the broker, a disk or the program itself",
            ExitCodes.SAYS_USAGE
        },
        description = {
            "Lists the records that could not be used, and sends them again.",
            "Lists dead letters, one per line: partition@offset, reason, frame, size, source. With --replay their records are sent again to where they were read; a stream that has gone on meanwhile drops and counts them."
        })
final class DeadLettersCommand implements Callable<Integer> {
    private static final int MAX_RECORD_BYTES = 128 << 20;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--topic", paramLabel = "NAME", description = "dead-letter topic (default kinolift.dead-letters)")
    private String topic;

    @Option(names = "--stream", paramLabel = "ID", description = "only letters of this stream")
    private String streamId;

    @Option(names = "--reason", paramLabel = "REASON", description = "only this reason: ${COMPLETION-CANDIDATES}")
    private DeadLetterReason reason;

    @Option(names = "--partition", paramLabel = "N", description = "only this partition of the dead-letter topic")
    private Integer partition;

    @Option(names = "--from-offset", paramLabel = "N", defaultValue = "0", description = "only from this offset on")
    private long fromOffset;

    @Option(
            names = "--to-offset",
            paramLabel = "N",
            defaultValue = "9223372036854775807",
            description = "only up to this offset, itself included")
    private long toOffset;

    @Option(names = "--replay", description = "send the records again")
    private boolean replay;

    @Override
    public Integer call() throws Exception {
        Map<String, String> clients = connection.reached();
        String name = topic == null ? connection.topics().deadLetters() : topic;
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            RequiredTopics.require(admin, name);
        }
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            DeadLetterBox box = new DeadLetterBox(consumer, name);
            return replay ? replay(box, clients) : list(box);
        }
    }

    private int list(DeadLetterBox box) throws TransferException {
        long count = box.read(this::isWanted, letter -> System.out.println(LogText.line(letter.toString())));
        System.out.println(count + " dead letters");
        return 0;
    }

    /** Exit code 1 if some could not be sent. */
    private int replay(DeadLetterBox box, Map<String, String> clients) throws TransferException {
        long[] kept = {0};
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, MAX_RECORD_BYTES);
                RecordReader originals = new RecordReader(clients)) {
            DeadLetterReplay again = new DeadLetterReplay(producer, originals::record);
            long count = box.read(this::isWanted, letter -> {
                String obstacle = again.send(letter, (_, e) -> failure.compareAndSet(null, e));
                kept[0] += obstacle == null ? 0 : 1;
                System.out.println((obstacle == null ? "sent " : "not sent, " + obstacle + ": ")
                        + LogText.line(letter.toString()));
            });
            producer.flush();
            if (failure.get() != null) {
                throw new TransferException(
                        "sending again failed: " + failure.get().getMessage(), failure.get());
            }
            System.out.printf("%d dead letters sent again, %d not%n", count - kept[0], kept[0]);
        }
        return kept[0] == 0 ? 0 : 1;
    }

    private boolean isWanted(Letter letter) {
        return (streamId == null || streamId.equals(letter.content().getStreamId()))
                && (reason == null || reason == letter.content().getReason())
                && (partition == null || partition == letter.partition())
                && letter.offset() >= fromOffset
                && letter.offset() <= toOffset;
    }
}
