package io.kinolift.wire;

import io.kinolift.avro.Account;
import io.kinolift.avro.Totals;
import java.util.Map;

/**
 * The counts of the frames of one session, exact after the input record at an offset.
 *
 * @param ended whether the stream has ended
 * @param received frame records read
 * @param upscaled of them, those whose outputs were settled
 * @param deadLettered of them, those that became dead letters
 * @param dropped of them, those dropped, by policy
 * @param held of them, those in open windows and in the reorder buffer
 * @param filled frames made up for missing ones
 * @param emitted output frames
 * @param incidents what else happened, and how often
 */
public record AccountRecord(
        String streamId,
        long session,
        String topic,
        int partition,
        long offset,
        boolean ended,
        long received,
        long upscaled,
        long deadLettered,
        Map<String, Long> dropped,
        long held,
        long filled,
        long emitted,
        Map<String, Long> incidents) {
    private static final Wire<Account> WIRE = new Wire<>(Account.getClassSchema());

    /**
     * Reads an account.
     *
     * @throws MalformedRecordException if the bytes are not one whole record
     */
    public static AccountRecord read(byte[] bytes) throws MalformedRecordException {
        Account account = WIRE.read(bytes);
        Totals totals = account.getTotals();
        return new AccountRecord(
                account.getStreamId(),
                account.getSession(),
                account.getSourceTopic(),
                account.getSourcePartition(),
                account.getSourceOffset(),
                account.getEnded(),
                totals.getReceived(),
                totals.getUpscaled(),
                totals.getDeadLettered(),
                totals.getDropped(),
                totals.getHeld(),
                totals.getFilled(),
                totals.getEmitted(),
                account.getIncidents());
    }

    public byte[] write() {
        return WIRE.write(new Account(streamId, session, topic, partition, offset, ended, totals(), incidents));
    }

    /**
     * The record that ends the stream on the output topic.
     *
     * @param frames how many output frames the session has, counting holes
     */
    public byte[] writeEnd(long frames) {
        return FrameRecords.writeEnd(streamId, session, frames, totals());
    }

    private Totals totals() {
        return new Totals(received, upscaled, deadLettered, dropped, held, filled, emitted);
    }
}
