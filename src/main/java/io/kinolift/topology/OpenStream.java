package io.kinolift.topology;

import io.kinolift.avro.DeadLetterReason;
import io.kinolift.frame.TimeGrid;
import io.kinolift.window.DropPolicy;
import io.kinolift.window.FrameBuffer;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamAssembler;
import io.kinolift.window.StreamState;
import io.kinolift.window.WindowListener;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** One stream of a task: forwards what its assembler says, each event with the counts at the current input record. */
final class OpenStream implements WindowListener {
    private final String streamId;
    private final StreamState state;
    private final StreamAssembler assembler;
    private final ProcessorContext<String, StreamEvent> context;
    private String topic = "";
    private int partition;
    private long offset = -1;
    private long timestamp;
    private long lastMillis;
    private boolean idle;

    OpenStream(
            String streamId,
            TopologySettings settings,
            TimeGrid grid,
            FrameBuffer buffer,
            StreamState state,
            long nowMillis,
            ProcessorContext<String, StreamEvent> context) {
        this.streamId = streamId;
        this.state = state;
        this.context = context;
        this.lastMillis = nowMillis;
        this.topic = settings.topics().frames();
        this.partition = context.taskId().partition();
        this.assembler = new StreamAssembler(
                streamId, settings.windows(), grid, settings.fingerprint(), buffer, state, this);
    }

    String streamId() {
        return streamId;
    }

    StreamState state() {
        return state;
    }

    StreamAssembler assembler() {
        return assembler;
    }

    long lastMillis() {
        return lastMillis;
    }

    boolean isIdle() {
        return idle;
    }

    /** A record of this stream is being processed. */
    void touch(RecordMetadata source, long nowMillis, long recordTimestamp) {
        topic = source.topic();
        partition = source.partition();
        offset = source.offset();
        timestamp = recordTimestamp;
        lastMillis = nowMillis;
        idle = false;
    }

    void goIdle() {
        idle = true;
        assembler.idle();
    }

    void reject(Rejection rejection) {
        forward(new StreamEvent.FrameRejected(tally(), rejection, false));
    }

    @Override
    public void window(FrameWindow window) {
        forward(new StreamEvent.WindowReady(tally(), window));
    }

    @Override
    public void dropped(SourceFrame frame, DropPolicy policy) {
        forward(new StreamEvent.FrameDropped(tally(), policy));
    }

    @Override
    public void refused(SourceFrame frame, String detail) {
        reject(Rejection.of(frame, DeadLetterReason.INVALID_HEADER, detail));
    }

    @Override
    public void ended(long session, long sequence) {
        forward(new StreamEvent.StreamEnded(tally(), sequence));
    }

    private Tally tally() {
        return new Tally(
                streamId, state.session(), topic, partition, offset, state.received(), state.dropped(), state.held());
    }

    private void forward(StreamEvent event) {
        context.forward(new Record<>(streamId, event, Math.max(0, timestamp)));
    }
}
