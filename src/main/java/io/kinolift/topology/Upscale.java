package io.kinolift.topology;

import io.kinolift.avro.DeadLetterReason;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.upscale.Operator;
import io.kinolift.window.FrameWindow;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the outputs of each window and tells of them in order; passes on every other event. */
final class Upscale implements Processor<String, StreamEvent, String, StreamEvent> {
    private final TopologySettings settings;
    private final Operator operator;
    private final Stages stages;
    private WindowUpscaler upscaler;
    private ProcessorContext<String, StreamEvent> context;

    Upscale(TopologySettings settings, Operator operator, Stages stages) {
        this.settings = settings;
        this.operator = operator;
        this.stages = stages;
    }

    @Override
    public void init(ProcessorContext<String, StreamEvent> context) {
        this.context = context;
        upscaler = new WindowUpscaler(settings, operator, stages);
    }

    @Override
    public void process(Record<String, StreamEvent> record) {
        switch (record.value()) {
            case StreamEvent.WindowReady ready -> upscale(record, ready);
            case StreamEvent.StreamEnded ended -> {
                upscaler.forget(ended.tally().streamId());
                long outputs = operator.timeGrid().factor().ceilOfProduct(ended.sequence());
                context.forward(record.withValue(new StreamEvent.StreamEnded(ended.tally(), outputs)));
            }
            default -> context.forward(record);
        }
    }

    private void upscale(Record<String, StreamEvent> record, StreamEvent.WindowReady ready) {
        stages.probe().told(ready);
        FrameWindow window = ready.window();
        Set<Long> rejected = new HashSet<>();
        upscaler.upscale(window, new WindowUpscaler.Results() {
            @Override
            public void output(EncodedFrame frame, long owner) {
                byte[] bytes = FrameRecords.write(frame);
                int recordBytes = bytes.length + frame.streamId().length() * 3 + RecordSizes.OVERHEAD;
                if (recordBytes > settings.maxRecordBytes()) {
                    rejected(owner, DeadLetterReason.OUTPUT_TOO_LARGE, "expected an output record of at most "
                            + settings.maxRecordBytes() + " bytes (the topic's max.message.bytes), found " + recordBytes);
                    return;
                }
                context.forward(record.withValue(new StreamEvent.FrameUpscaled(ready.tally(), frame, bytes)));
            }

            @Override
            public void rejected(long index, DeadLetterReason reason, String detail) {
                if (rejected.add(window.segmentStart() + index)) {
                    Rejection rejection = Rejection.of(window.at(index), reason, detail);
                    context.forward(record.withValue(new StreamEvent.FrameRejected(ready.tally(), rejection, true)));
                }
            }
        });
        context.forward(record.withValue(new StreamEvent.WindowSettled(
                ready.tally(), window.segmentStart() + window.coreFrom(), window.segmentStart() + window.coreTo(),
                rejected)));
    }

    @Override
    public void close() {
        if (upscaler != null) {
            upscaler.close();
        }
    }
}
