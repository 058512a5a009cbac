package io.kinolift.audit;

import io.kinolift.avro.DeadLetter;
import io.kinolift.transfer.TransferException;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;

/** Lists the letters of the dead-letter topic. */
public final class DeadLetterBox {
    private static final Wire<DeadLetter> WIRE = new Wire<>(DeadLetter.getClassSchema());

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;

    /** @param consumer must read committed records only */
    public DeadLetterBox(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /** Does something with a letter. */
    public interface Reader {
        void letter(Letter letter) throws TransferException;
    }

    /**
     * Reads all letters that are there now.
     *
     * @return the number of matching letters
     */
    public long read(Predicate<Letter> wanted, Reader reader) throws TransferException {
        long[] count = {0};
        new TopicScan(consumer, topic).run(record -> {
            Letter letter = new Letter(
                    record.partition(), record.offset(), parse(record.partition(), record.offset(), record.value()));
            if (wanted.test(letter)) {
                count[0]++;
                reader.letter(letter);
            }
        });
        return count[0];
    }

    private DeadLetter parse(int partition, long offset, byte[] value) throws TransferException {
        try {
            return WIRE.read(value == null ? new byte[0] : value);
        } catch (MalformedRecordException e) {
            throw new TransferException(topic + "-" + partition + "@" + offset + ": " + e.getMessage(), e);
        }
    }
}
