package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.GroupEncoder;
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

/**
 * Makes outputs of a window: operator, encode, write. Used by several threads at once, but outputs that refer to each
 * other are encoded in order.
 */
final class OutputMaker<R> {
    private final PictureAllocator pictures;
    private final CodecPool codecs;
    private final OutputGroups groups;
    private final OutputWriter<R> writer;
    private final Telemetry<?> telemetry;

    OutputMaker(
            PictureAllocator pictures,
            CodecPool codecs,
            OutputGroups groups,
            OutputWriter<R> writer,
            Telemetry<?> telemetry) {
        this.pictures = pictures;
        this.codecs = codecs;
        this.groups = groups;
        this.writer = writer;
        this.telemetry = telemetry;
    }

    /** Makes an output's picture, and its record too if it is encoded alone. */
    MadeOutput<R> make(WindowJob job, long output, Bands bands) throws FrameCodecException {
        InputFrames inputs = job.decoded().inputs(output);
        StageSpan making = telemetry.upscale(
                job.window(),
                job.owner(output),
                Math.clamp(job.grid().firstTap(output), inputs.first(), inputs.last()),
                Math.clamp(job.grid().lastTap(output), inputs.first(), inputs.last()));
        return making.during(() -> {
            Picture picture = picture(job.operator(), output, inputs, bands, making);
            FrameFormat format = job.outputs().format(job.inputFormat(), picture);
            if (job.plan().encoding().group() != null) {
                return new Grouped(job, output, format, picture, making);
            }
            try (picture) {
                return new Alone<>(output, making.text(), encoded(job, output, format, picture, making));
            }
        });
    }

    private Picture picture(BoundOperator operator, long output, InputFrames inputs, Bands bands, StageSpan making) {
        Picture picture = pictures.allocate(operator.outputFormat(), operator.outputWidth(), operator.outputHeight());
        try {
            return telemetry.time(Stage.OPERATOR, making, () -> {
                operator.upscale(output, inputs, picture, bands);
                return picture;
            });
        } catch (RuntimeException | Error e) {
            picture.close();
            throw e;
        }
    }

    private R encoded(WindowJob job, long output, FrameFormat format, Picture picture, StageSpan making)
            throws FrameCodecException {
        SourceFrame owner = job.window().at(job.owner(output));
        int room = writer.payloadRoom(owner);
        try (EncodedPayload payload = telemetry.time(
                Stage.ENCODE,
                making,
                () -> codecs.encode(format, picture, job.plan().encoding(), room))) {
            return writer.write(job.outputs().frame(job.window(), output, format, payload.bytes()), owner);
        }
    }

    /** An output that has been encoded already. */
    private record Alone<R>(long output, String trace, R written) implements MadeOutput<R> {
        @Override
        public void encode() {}

        @Override
        public void close() {}
    }

    /** An output that refers to others. */
    private final class Grouped implements MadeOutput<R> {
        private final WindowJob job;
        private final long output;
        private final FrameFormat format;
        private final Picture picture;
        private final StageSpan making;

        Grouped(WindowJob job, long output, FrameFormat format, Picture picture, StageSpan making) {
            this.job = job;
            this.output = output;
            this.format = format;
            this.picture = picture;
            this.making = making;
        }

        @Override
        public long output() {
            return output;
        }

        @Override
        public String trace() {
            return making.text();
        }

        @Override
        public R written() throws FrameCodecException {
            return writer.write(job.outputs().coded(job.window(), output, format, coded()), owner());
        }

        @Override
        public void encode() throws FrameCodecException {
            telemetry.countEncodedAgain();
            // Also what is too large to be written is missing again.
            written();
        }

        private GroupEncoder.Coded coded() throws FrameCodecException {
            int room = writer.payloadRoom(owner());
            return telemetry.time(Stage.ENCODE, making, () -> groups.encode(job, output, format, picture, room));
        }

        private SourceFrame owner() {
            return job.window().at(job.owner(output));
        }

        @Override
        public void close() {
            picture.close();
        }
    }
}
