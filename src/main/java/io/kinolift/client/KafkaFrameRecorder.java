package io.kinolift.client;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import java.nio.Buffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/**
 * Sends JavaCV's frames to Kinolift. The package's manual says what becomes of frames, times and errors, and which
 * options there are. All methods may be called by any thread, one at a time.
 */
public final class KafkaFrameRecorder extends FrameRecorder {
    private static final double MICROS = 1e6;

    private final Address address;
    private Recording run;
    private Long nextTime;
    private long session = -1;
    private long ignored;

    /**
     * A recorder of pictures of any size.
     *
     * @param bootstrapServers where Kafka's clients start from, such as {@code localhost:9092}
     * @param streamId the key of all records: which video this is
     */
    public KafkaFrameRecorder(String bootstrapServers, String streamId) {
        this(bootstrapServers, streamId, 0, 0);
    }

    /**
     * A recorder of pictures that usually have one size; with option {@code resize} all get it.
     *
     * @param bootstrapServers where Kafka's clients start from, such as {@code localhost:9092}
     * @param streamId the key of all records: which video this is
     */
    public KafkaFrameRecorder(String bootstrapServers, String streamId, int imageWidth, int imageHeight) {
        this(new Address(bootstrapServers, streamId, Map.of()), imageWidth, imageHeight);
    }

    /** @param url {@code kafka://localhost:9092/camera-1?topic=kinolift.frames&codec=jpeg} */
    public KafkaFrameRecorder(String url) {
        this(url, 0, 0);
    }

    /** @param url {@code kafka://localhost:9092/camera-1?topic=kinolift.frames&codec=jpeg} */
    public KafkaFrameRecorder(String url, int imageWidth, int imageHeight) {
        this(Address.parse(url), imageWidth, imageHeight);
    }

    private KafkaFrameRecorder(Address address, int imageWidth, int imageHeight) {
        this.address = address;
        this.imageWidth = imageWidth;
        this.imageHeight = imageHeight;
        pixelFormat = avutil.AV_PIX_FMT_NONE;
    }

    /**
     * Connects, and begins a session. Nothing happens if it has been called already.
     *
     * @throws Exception if the broker does not answer within 10 s, the topic is missing, an option is wrong, or option
     *     {@code session} is not above the number of this recorder's last run
     */
    @Override
    public synchronized void start() throws Exception {
        if (run != null) {
            return;
        }
        try {
            RecorderSettings settings = RecorderSettings.of(
                    List.of(address.options(), options, videoOptions), videoCodecName, videoQuality);
            long number = number(settings);
            run = Recording.open(address, settings, number);
            session = number;
            frameNumber = 0;
        } catch (IllegalArgumentException | KafkaException e) {
            throw new Exception(
                    "expected topic " + topicForMessage() + " at " + address.bootstrapServers() + " for stream \""
                            + address.streamId() + "\", found: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Readers leave out a number that has been used as duplicates, and a lower one as late. */
    private long number(RecorderSettings settings) throws Exception {
        if (settings.session() == null) {
            return Math.max(System.currentTimeMillis(), session + 1);
        } else if (settings.session() <= session) {
            throw new Exception("expected option session above " + session
                    + ", the number of this recorder's last run, found " + settings.session());
        }
        return settings.session();
    }

    private String topicForMessage() {
        return options.getOrDefault(
                Options.TOPIC, address.options().getOrDefault(Options.TOPIC, RecorderSettings.FRAMES_TOPIC));
    }

    @Override
    public void record(Frame frame) throws Exception {
        record(frame, avutil.AV_PIX_FMT_NONE);
    }

    /**
     * Sends the image of a frame; its memory may be used again afterwards. Waits while too much is under way.
     *
     * @param pixelFormat FFmpeg's number of the image's layout; {@code AV_PIX_FMT_NONE} if the frame tells
     * @throws Exception if the frame is no picture, which concerns this one only; or if an earlier one could not be
     *     sent, after which nothing more is sent
     */
    public synchronized void record(Frame frame, int pixelFormat) throws Exception {
        if (run == null) {
            throw new Exception("expected start() before record(), found it not called");
        }
        requireSent();
        Long set = nextTime;
        nextTime = null;
        if (frame == null || frame.image == null || frame.image.length == 0 || frame.image[0] == null) {
            ignored += frame == null ? 0 : 1;
            return;
        }
        try (Unsent shot = new Unsent(run.reader().read(frame, pixelFormat, target()))) {
            FrameFormat format = run.format(shot.shot, aspectRatio);
            RecordClock.Time time = run.clock().next(set, frame.timestamp, frameRate, System.nanoTime());
            long duration = frameRate > 0 ? Math.round(MICROS / frameRate) : 0;
            long captureMicros = System.currentTimeMillis() * 1000;
            shot.taken = run.outbox()
                    .add(new Outbox.Job(shot.shot, format, time.micros(), duration, time.restarted(), captureMicros));
        } catch (VideoException | IllegalArgumentException e) {
            throw new Exception(e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        requireSent();
        frame.keyFrame = true;
        frameNumber++;
    }

    /** A picture that is closed here unless the outbox has it. */
    private static final class Unsent implements AutoCloseable {
        private final Shot shot;
        private boolean taken;

        Unsent(Shot shot) {
            this.shot = shot;
        }

        @Override
        public void close() {
            if (!taken) {
                shot.close();
            }
        }
    }

    /**
     * Sends an image that is not in a frame of JavaCV's.
     *
     * @param depth one of {@code Frame.DEPTH_*}
     * @param stride samples from one row to the next; 0 for rows without padding
     * @param pixelFormat FFmpeg's number of the layout; {@code AV_PIX_FMT_NONE} takes the usual one
     * @param image all planes in one buffer, or one buffer for each
     */
    public void recordImage(
            int width, int height, int depth, int channels, int stride, int pixelFormat, Buffer... image)
            throws Exception {
        Frame frame = new Frame();
        frame.imageWidth = width;
        frame.imageHeight = height;
        frame.imageDepth = depth;
        frame.imageChannels = channels;
        frame.imageStride = stride;
        frame.image = image;
        record(frame, pixelFormat);
    }

    private FrameReader.Target target() {
        boolean resize = run.settings().resize() && imageWidth > 0 && imageHeight > 0;
        return new FrameReader.Target(
                pixelFormat,
                run.settings().codec() == null || run.settings().codec() == Codec.JPEG,
                resize ? imageWidth : 0,
                resize ? imageHeight : 0);
    }

    private void requireSent() throws Exception {
        String failure = run.outbox().failure();
        if (failure != null) {
            throw new Exception(failure);
        }
    }

    /** Waits until the broker has all frames so far. */
    @Override
    public synchronized void flush() throws Exception {
        if (run != null) {
            try {
                run.outbox().flush();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            requireSent();
        }
    }

    /**
     * Sends the end of the stream and waits until the broker has all. Nothing happens if it has been called already, or
     * start has not.
     *
     * @throws Exception if not all frames could be sent; then there is no end of the stream either
     */
    @Override
    public synchronized void stop() throws Exception {
        if (run == null) {
            return;
        }
        try {
            run.outbox().end();
            requireSent();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            run.close();
            run = null;
            nextTime = null;
        }
    }

    /** As {@link #stop()}. */
    @Override
    public void release() throws Exception {
        stop();
    }

    private static Exception interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Exception("expected to go on, found the thread interrupted", e);
    }

    /** Sets the time of the next frame, in microseconds. */
    @Override
    public synchronized void setTimestamp(long timestamp) {
        nextTime = timestamp;
    }

    /** The time of the last frame as it was sent, in microseconds. */
    @Override
    public synchronized long getTimestamp() {
        return run == null ? 0 : run.clock().last();
    }

    /** Sets the time of the next frame by its number, if there is a frame rate. */
    @Override
    public synchronized void setFrameNumber(int frameNumber) {
        if (frameRate > 0) {
            nextTime = Math.round(frameNumber * MICROS / frameRate);
        }
    }

    /** The number of this run; -1 before the first. */
    public synchronized long getSession() {
        return session;
    }

    /** Frames without an image, such as sound, since the recorder was made. */
    public synchronized long getIgnoredFrames() {
        return ignored;
    }
}
