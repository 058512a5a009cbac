package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.trace.Stage;
import io.kinolift.trace.StageSpan;
import io.kinolift.trace.Telemetry;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.window.SourceFrame;

/** Makes one output of a window: operator, encode, write. Used by several threads at once. */
final class OutputMaker<R> {
    private final PictureAllocator pictures;
    private final CodecPool codecs;
    private final OutputWriter<R> writer;
    private final Telemetry<?> telemetry;

    OutputMaker(PictureAllocator pictures, CodecPool codecs, OutputWriter<R> writer, Telemetry<?> telemetry) {
        this.pictures = pictures;
        this.codecs = codecs;
        this.writer = writer;
        this.telemetry = telemetry;
    }

    /** @param trace the span of its making, as text; null for none */
    record Made<R>(R output, String trace) {}

    Made<R> make(WindowJob job, long output, Bands bands) throws FrameCodecException {
        InputFrames inputs = job.decoded().inputs(output);
        StageSpan making = telemetry.upscale(
                job.window(),
                job.owner(output),
                Math.clamp(job.grid().firstTap(output), inputs.first(), inputs.last()),
                Math.clamp(job.grid().lastTap(output), inputs.first(), inputs.last()));
        return making.during(() -> {
            BoundOperator operator = job.operator();
            try (Picture picture =
                    pictures.allocate(operator.outputFormat(), operator.outputWidth(), operator.outputHeight())) {
                telemetry.time(Stage.OPERATOR, making, () -> {
                    operator.upscale(output, inputs, picture, bands);
                    return picture;
                });
                return new Made<>(encoded(job, output, picture, making), making.text());
            }
        });
    }

    private R encoded(WindowJob job, long output, Picture picture, StageSpan making) throws FrameCodecException {
        FrameFormat format = job.outputs().format(job.inputFormat(), picture);
        SourceFrame owner = job.window().at(job.owner(output));
        int room = writer.payloadRoom(owner);
        try (EncodedPayload payload = telemetry.time(
                Stage.ENCODE,
                making,
                () -> codecs.encode(format, picture, job.plan().encoding(), room))) {
            return writer.write(job.outputs().frame(job.window(), output, format, payload.bytes()), owner);
        }
    }
}
