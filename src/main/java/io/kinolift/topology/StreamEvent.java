package io.kinolift.topology;

import io.kinolift.window.DropPolicy;
import io.kinolift.window.FrameWindow;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.WrittenFrame;
import java.util.Set;

/** An event of one stream, on its way between the nodes. */
public sealed interface StreamEvent {
    Tally tally();

    /** Frames that can be upscaled together: from {@code assemble-windows} to {@code upscale}. */
    record WindowReady(Tally tally, FrameWindow window) implements StreamEvent {}

    /**
     * One output.
     *
     * @param output its size has been checked
     * @param trace the span of its making, as text; null for none
     */
    record FrameUpscaled(Tally tally, WrittenFrame output, String trace) implements StreamEvent {}

    /**
     * An input record that becomes a dead letter.
     *
     * @param place of a frame of a window that is being told of, and settled with it: its input sequence, counted in the
     *     order of display; {@link #NO_PLACE} for a record that never had one
     */
    record FrameRejected(Tally tally, Rejection rejection, long place) implements StreamEvent {
        static final long NO_PLACE = -1;

        boolean inWindow() {
            return place != NO_PLACE;
        }
    }

    /**
     * An output that will not come; the next one is a discontinuity.
     *
     * @param surplus whether only because the next segment begins too early for it
     */
    record OutputMissing(Tally tally, boolean surplus) implements StreamEvent {}

    /** An incident was noted; the tally has it. */
    record Counted(Tally tally) implements StreamEvent {}

    /** A frame was dropped by a policy; the tally has it. */
    record FrameDropped(Tally tally, DropPolicy policy) implements StreamEvent {}

    /**
     * All outputs of a window have been told.
     *
     * @param coreFrom place of the first settled frame
     * @param coreTo end of the settled frames
     * @param received how many of them were received, not made up
     * @param rejected the places among them that became dead letters
     * @param repeats how many received frames repeat the picture before them, and were replaced
     */
    record WindowSettled(Tally tally, long coreFrom, long coreTo, long received, Set<Long> rejected, long repeats)
            implements StreamEvent {}

    /**
     * The stream has ended and nothing of it is held.
     *
     * @param outputs the output sequence that would come next
     * @param key of its last record; null for none
     */
    record StreamEnded(Tally tally, long outputs, byte[] key) implements StreamEvent {}

    /** Nothing has arrived for a while: caches may be freed. Ends at {@code upscale}. */
    record StreamIdle(Tally tally) implements StreamEvent {}

    /** Nothing will be remembered of the stream. */
    record StreamExpired(Tally tally) implements StreamEvent {}
}
