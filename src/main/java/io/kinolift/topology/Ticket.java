package io.kinolift.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The key of a window that is away, and of everything that comes of it.
 *
 * @param number of the stream's event, in order
 * @param lane the partition of the windows topic; {@link #IN_PLACE} for none
 */
record Ticket(String streamId, long number, int lane) {
    static final int IN_PLACE = -1;

    byte[] write() {
        byte[] id = streamId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + id.length)
                .putLong(number)
                .putInt(lane)
                .put(id)
                .array();
    }

    static Ticket read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long number = in.getLong();
        int lane = in.getInt();
        return new Ticket(StandardCharsets.UTF_8.decode(in).toString(), number, lane);
    }

    /** As Kafka Streams asks for the partition of a window. */
    static Optional<Set<Integer>> lane(String topic, Ticket ticket, StreamEvent event, int partitions) {
        return Optional.of(Set.of(ticket.lane % partitions));
    }

    /** As Kafka Streams asks for the partition of an outcome: back to the task that has cut the window. */
    static Optional<Set<Integer>> home(String topic, Ticket ticket, StreamEvent event, int partitions) {
        return Optional.of(Set.of(event.tally().partition()));
    }
}
