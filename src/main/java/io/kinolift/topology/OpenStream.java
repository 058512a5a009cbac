package io.kinolift.topology;

import io.kinolift.engine.FrameEncoding;
import io.kinolift.engine.StreamPlan;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.upscale.Operator;
import io.kinolift.window.DropPolicy;
import io.kinolift.window.FrameBuffer;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.Incident;
import io.kinolift.window.LevelHistory;
import io.kinolift.window.OutputGrid;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamAssembler;
import io.kinolift.window.StreamState;
import io.kinolift.window.WindowListener;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.input.InputRecord;
import io.kinolift.wire.input.StreamPlace;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of a task: forwards what its assembler says, each event with the counts at the last input record. */
final class OpenStream implements WindowListener {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStream.class);

    private final String streamId;
    private String topic;
    private final StreamPlan plan;
    private final StreamState state;
    private final StreamPlace place;
    private final InputFormat input;
    private final StreamAssembler assembler;
    private final ProcessorContext<String, StreamEvent> context;
    private final WindowLevels levels;
    /** Whether a record of this stream is being processed; else windows leave for another reason. */
    private boolean isReading;

    private long offset;
    private long timestamp;
    private long lastMillis;
    private long watchMillis;
    private boolean idle;

    /** @param row the state of the stream; changed from here on */
    OpenStream(
            String streamId,
            TopologySettings settings,
            FrameBuffer buffer,
            StreamRow row,
            WindowLevels levels,
            ProcessorContext<String, StreamEvent> context) {
        this.streamId = streamId;
        this.topic = row.place().topic();
        this.plan = settings.engine().plans().of(streamId);
        this.state = row.state();
        this.place = row.place();
        this.input = settings.input();
        this.offset = row.offset();
        this.timestamp = row.timestamp();
        this.lastMillis = row.updatedMillis();
        this.levels = levels;
        this.context = context;
        this.assembler = new StreamAssembler(
                streamId,
                settings.windows(),
                new OutputGrid(plan.timeGrid(), plan.encoding().groupFrames()),
                fingerprint(settings),
                buffer,
                state,
                this);
    }

    /** Whether an output is encoded again, because it is too large, is seen in all that refer to it. */
    private String fingerprint(TopologySettings settings) {
        return plan.encoding().group() == null
                ? plan.fingerprint()
                : plan.fingerprint() + " " + settings.maxRecordBytes() + " bytes";
    }

    String streamId() {
        return streamId;
    }

    Operator operator() {
        return plan.operator();
    }

    /** How the outputs of its frames are encoded. */
    FrameEncoding encoding() {
        return plan.encoding();
    }

    /** Reads a record of this stream. */
    InputRecord read(InputFormat.Opened record, byte[] key) throws MalformedRecordException {
        place.arrived(topic, key, state.isEnded());
        return record.read(place);
    }

    StreamAssembler assembler() {
        return assembler;
    }

    StreamRow row() {
        return new StreamRow(state, place, lastMillis, offset, timestamp);
    }

    /** Time of its task's clock of watching at the last record; 0 if an earlier task read that record. */
    long watchMillis() {
        return watchMillis;
    }

    boolean isIdle() {
        return idle;
    }

    /** Whether frames of the stream are in the store. */
    boolean holdsFrames() {
        return state.holdsFrames();
    }

    /** A record of this stream is being processed. */
    void touch(RecordMetadata source, long nowMillis, long taskWatchMillis, long recordTimestamp) {
        topic = source.topic();
        offset = source.offset();
        timestamp = Math.max(0, recordTimestamp);
        lastMillis = nowMillis;
        watchMillis = taskWatchMillis;
        idle = false;
        isReading = true;
    }

    /** The record has been processed. */
    void settle() {
        isReading = false;
    }

    void goIdle() {
        idle = true;
        assembler.idle();
        forward(new StreamEvent.StreamIdle(tally()));
    }

    /** Lets everything leave that is held, because another stream needs the room. */
    void rest() {
        assembler.rest();
        goIdle();
    }

    /** Ends the stream, as nobody else does; it is remembered from now on. */
    void abandon(long nowMillis) {
        lastMillis = nowMillis;
        assembler.abandon();
    }

    void expire() {
        forward(new StreamEvent.StreamExpired(tally()));
    }

    /** A record that has no place in the stream becomes a dead letter. */
    void refuse(Rejection rejection) {
        assembler.acceptUnusable();
        reject(rejection);
    }

    /** A frame that cannot be used becomes a dead letter. */
    void refuse(EncodedFrame frame, Rejection rejection) {
        assembler.acceptUnusable(frame);
        reject(rejection);
    }

    private void reject(Rejection rejection) {
        forward(new StreamEvent.FrameRejected(tally(), rejection, StreamEvent.FrameRejected.NO_PLACE));
    }

    @Override
    public void window(FrameWindow window) {
        forward(new StreamEvent.WindowReady(tally(), window.atLevel(level(window))));
    }

    /** Decided when the window is cut, and part of the stream's row from then on. */
    private int level(FrameWindow window) {
        if (!plan.levels().isLive()) {
            state.setLevels(LevelHistory.START);
        } else if (isReading) {
            state.setLevels(levels.next(window, state.levels(), plan.levels(), timestamp, context));
        }
        state.makeAtLevel(window, plan.encoding().groupFrames());
        return state.levels().level();
    }

    @Override
    public void dropped(SourceFrame frame, DropPolicy policy) {
        forward(new StreamEvent.FrameDropped(tally(), policy));
    }

    @Override
    public void refused(SourceFrame frame, Refusal refusal, String detail) {
        Rejection.Reason reason = switch (refusal) {
            case TIME_NOT_AFTER, DTS_NOT_AFTER, FORMAT_WITHIN_GROUP -> Rejection.Reason.INVALID_HEADER;
            case TIME_JUMP -> Rejection.Reason.TIME_JUMP;
            case GROUP_TOO_LONG -> Rejection.Reason.LIMIT_EXCEEDED;
        };
        reject(Rejection.of(frame, input.value(frame), reason, detail));
    }

    @Override
    public void noted(Incident incident) {
        if (incident == Incident.SETTINGS_CHANGE) {
            LOG.warn(
                    "stream {}: from here on {}, and before with other settings. If nobody has changed them, another instance"
                            + " has them still: compare what kinolift config prints on both",
                    streamId,
                    plan.summary());
        }
        forward(new StreamEvent.Counted(tally()));
    }

    @Override
    public void ended(long session, long outputs) {
        forward(new StreamEvent.StreamEnded(tally(), outputs, place.key()));
    }

    private Tally tally() {
        return new Tally(
                streamId,
                state.session(),
                topic,
                context.taskId().partition(),
                offset,
                state.received(),
                state.dropped(),
                state.held(),
                state.filled(),
                state.incidents());
    }

    private void forward(StreamEvent event) {
        context.forward(new Record<>(streamId, event, timestamp));
    }
}
