package io.kinolift.live;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Single pictures: pairs, the last one of a stream, and those of dead letters. */
final class PictureRoutes {
    private final Access access;
    private final LiveProbes probes;
    private final Object conversion = new Object();

    PictureRoutes(Access access, LiveProbes probes) {
        this.access = access;
        this.probes = probes;
    }

    void addTo(JavalinConfig javalin) {
        Answers.get(javalin, "/api/pair", this::pair);
        Answers.get(javalin, "/api/last", this::last);
        Answers.get(javalin, "/api/dead-letters/{number}/picture", this::deadLetter);
    }

    /** @param inputBytes length of the first picture; 0 if it cannot be shown */
    record ShownHeader(
            long number,
            long inputSequence,
            long outputSequence,
            String inputType,
            int inputBytes,
            String outputType,
            int inputWidth,
            int inputHeight,
            int outputWidth,
            int outputHeight) {}

    private static String stream(Context context) {
        return Optional.ofNullable(context.queryParam("stream")).orElse("");
    }

    private void pair(Context context) throws FrameCodecException {
        if (!access.maySeePictures(context)) {
            return;
        }
        long after =
                Long.parseLong(Optional.ofNullable(context.queryParam("after")).orElse("0"));
        Viewfinder.Shown shown = probes.viewfinder().look(stream(context));
        if (shown == null || shown.number() == after) {
            context.status(204);
            return;
        }
        Viewable output = viewable(shown.output(), shown.outputs());
        if (output.bytes().length == 0) {
            // It refers to outputs that came before anybody looked; a key frame will come.
            context.status(204);
            return;
        }
        Viewable input = viewable(shown.input(), shown.inputs());
        byte[] header = context.jsonMapper()
                .toJsonString(header(shown, input, output), ShownHeader.class)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer body =
                ByteBuffer.allocate(Integer.BYTES + header.length + input.bytes().length + output.bytes().length);
        body.putInt(header.length).put(header).put(input.bytes()).put(output.bytes());
        context.contentType("application/octet-stream").result(body.array());
    }

    private static ShownHeader header(Viewfinder.Shown shown, Viewable input, Viewable output) {
        return new ShownHeader(
                shown.number(),
                shown.input().sequence(),
                shown.output().sequence(),
                input.type(),
                input.bytes().length,
                output.type(),
                shown.input().format().width(),
                shown.input().format().height(),
                shown.output().format().width(),
                shown.output().format().height());
    }

    private void last(Context context) throws FrameCodecException {
        if (!access.maySeePictures(context)) {
            return;
        }
        Viewable picture;
        synchronized (conversion) {
            picture = probes.lastPictures().picture(stream(context));
        }
        if (picture.bytes().length == 0) {
            context.status(204);
            return;
        }
        context.contentType(picture.type()).result(picture.bytes());
    }

    private void deadLetter(Context context) throws FrameCodecException {
        if (!access.maySeePictures(context)) {
            return;
        }
        var frame = probes.deadLetters().frame(Long.parseLong(context.pathParam("number")));
        if (frame.isEmpty()) {
            // Others came meanwhile and took its place; the page is not at fault.
            context.status(204);
            return;
        }
        Viewable picture = alone(frame.get());
        if (picture.bytes().length == 0) {
            Answers.refuse(
                    context,
                    415,
                    "expected a frame that can be shown alone, found one of "
                            + frame.get().format().codec());
            return;
        }
        context.contentType(picture.type()).result(picture.bytes());
    }

    private Viewable viewable(EncodedFrame frame, Reel others) throws FrameCodecException {
        if (!frame.format().codec().isInterCoded()) {
            return alone(frame);
        }
        synchronized (conversion) {
            return Viewable.of(frame, others);
        }
    }

    /** One after the other: a large picture needs much memory while it is decoded, and many may ask. */
    private Viewable alone(EncodedFrame frame) throws FrameCodecException {
        synchronized (conversion) {
            return Viewable.of(frame);
        }
    }
}
