package io.kinolift.sizing.measure;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.codec.PayloadBuffer;
import io.kinolift.codec.group.GroupEncoder;
import io.kinolift.codec.group.GroupEncoders;
import io.kinolift.codec.group.GroupEncoding;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.FfmpegBinary;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.sizing.Job;
import io.kinolift.sizing.VideoShape;
import io.kinolift.wire.FrameRecords;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Frames of a clip in memory, encoded as the input of a job. They begin with a key frame, so they can be repeated. */
public final class Footage {
    /** About two seconds at 30 frames per second. An inter-coded clip of so many is one group. */
    private static final int FRAMES = 64;

    private final FrameFormat format;
    private final Rational rate;
    private final List<Coded> frames;

    private record Coded(byte[] payload, boolean keyFrame) {}

    private Footage(FrameFormat format, Rational rate, List<Coded> frames) {
        this.format = format;
        this.rate = rate;
        this.frames = frames;
    }

    /**
     * Encodes the first frames of a clip.
     *
     * @param clip null for FFmpeg's test picture
     * @throws IOException if FFmpeg cannot read it
     * @throws IllegalArgumentException if the job's codec cannot hold such pictures
     */
    public static Footage of(Job job, Path clip) throws IOException, InterruptedException {
        VideoShape shape = job.input();
        FrameFormat format = new FrameFormat(
                job.inputCodec(), PixelFormat.YUV420P, shape.width(), shape.height(), Rational.ONE, Colour.UNSPECIFIED);
        Process ffmpeg = new ProcessBuilder(command(shape, clip))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream pictures = ffmpeg.getInputStream();
                Picture picture = new AvPictures().allocate(PixelFormat.YUV420P, shape.width(), shape.height())) {
            List<Coded> frames = format.codec().isInterCoded()
                    ? grouped(pictures, picture, format, shape.rate())
                    : alone(pictures, picture, format);
            if (frames.isEmpty()) {
                throw new IOException("expected " + (clip == null ? "FFmpeg's test picture" : clip)
                        + " to have pictures, found none (exit status " + ffmpeg.waitFor() + ")");
            }
            return new Footage(format, shape.rate(), frames);
        } catch (FrameCodecException e) {
            throw new IllegalArgumentException(
                    "cannot encode " + shape + " as " + format.codec() + ": " + e.getMessage(), e);
        } finally {
            ffmpeg.destroy();
        }
    }

    private static List<String> command(VideoShape shape, Path clip) {
        List<String> command = new ArrayList<>(List.of(FfmpegBinary.path(), "-v", "error", "-nostdin"));
        String size = shape.width() + "x" + shape.height();
        if (clip == null) {
            command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=" + size + ":rate=" + shape.rate()));
        } else {
            command.addAll(List.of("-stream_loop", "-1", "-i", clip.toString()));
        }
        command.addAll(List.of(
                "-vf",
                "fps=" + shape.rate() + ",scale=" + shape.width() + ":" + shape.height() + ",format=yuv420p",
                "-frames:v",
                Integer.toString(FRAMES),
                "-f",
                "rawvideo",
                "pipe:1"));
        return command;
    }

    private static List<Coded> alone(InputStream pictures, Picture picture, FrameFormat format)
            throws IOException, FrameCodecException {
        List<Coded> frames = new ArrayList<>();
        try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT)) {
            while (fill(picture, pictures)) {
                frames.add(new Coded(encoder.encode(picture), true));
            }
        }
        return frames;
    }

    private static List<Coded> grouped(InputStream pictures, Picture picture, FrameFormat format, Rational rate)
            throws IOException, FrameCodecException {
        Codec codec = format.codec();
        String encoder = GroupEncoders.usual(codec)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected an encoder of " + codec + " in this FFmpeg, found none"));
        List<Coded> frames = new ArrayList<>();
        PayloadBuffer buffer = new PayloadBuffer();
        try (GroupEncoder group =
                new GroupEncoder(format, new GroupEncoding(encoder, FRAMES, 0), EncoderSettings.DEFAULT, rate)) {
            while (fill(picture, pictures)) {
                GroupEncoder.Coded coded = group.encode(picture, buffer);
                byte[] payload = new byte[coded.payload().remaining()];
                coded.payload().get(payload);
                frames.add(new Coded(payload, coded.keyFrame()));
            }
        }
        return frames;
    }

    /** @return false at the end */
    private static boolean fill(Picture picture, InputStream pictures) throws IOException {
        for (Plane plane : picture.planes()) {
            byte[] samples = pictures.readNBytes(plane.rowBytes() * plane.height());
            if (samples.length < plane.rowBytes() * plane.height()) {
                return false;
            }
            for (int row = 0; row < plane.height(); row++) {
                MemorySegment.copy(
                        MemorySegment.ofArray(samples),
                        (long) row * plane.rowBytes(),
                        plane.data(),
                        row * plane.stride(),
                        plane.rowBytes());
            }
        }
        return true;
    }

    /** A frame of a stream as a record, captured now. */
    byte[] record(String stream, long sequence) {
        Coded frame = frames.get((int) (sequence % frames.size()));
        return FrameRecords.write(new EncodedFrame(
                stream,
                0,
                sequence,
                sequence,
                // Encoders of groups keep no picture back; without a dts, each frame would wait for 16 others.
                sequence,
                1,
                rate.inverse(),
                format,
                frame.keyFrame(),
                false,
                System.currentTimeMillis() * 1000,
                ByteBuffer.wrap(frame.payload())));
    }
}
