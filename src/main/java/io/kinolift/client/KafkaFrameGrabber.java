package io.kinolift.client;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/**
 * Reads what Kinolift has made of a stream, or any other topic of frames, as JavaCV's frames. The package's manual says
 * what frames look like, when {@link #grab()} returns null, and which options there are. All methods may be called by
 * any thread, one at a time; {@link #stop()} may come in between and ends the call of another thread.
 */
public final class KafkaFrameGrabber extends FrameGrabber {
    private static final int ALL = Integer.MAX_VALUE;

    private final Address address;
    private final LeftOut leftOut = new LeftOut();
    /** How many threads are in {@link #stop}: another one that reads must end. */
    private final AtomicInteger stops = new AtomicInteger();

    private volatile GrabbedStream stream;
    private FrameMaker maker;
    private EncodedFrame shown;

    /**
     * A grabber of one stream.
     *
     * @param bootstrapServers where Kafka's clients start from, such as {@code localhost:9092}
     * @param streamId the key of its records
     */
    public KafkaFrameGrabber(String bootstrapServers, String streamId) {
        this(new Address(bootstrapServers, streamId, Map.of()));
    }

    /** @param url {@code kafka://localhost:9092/camera-1?topic=kinolift.upscaled&from=end} */
    public KafkaFrameGrabber(String url) {
        this(Address.parse(url));
    }

    private KafkaFrameGrabber(Address address) {
        this.address = address;
    }

    /**
     * Connects and waits for the first frame, so that its size is known, and its rate if it tells. Nothing happens if it
     * has been called already.
     *
     * @throws Exception if the broker does not answer within the timeout, which is 10 s at most here, no frame comes
     *     within the timeout, or an option is wrong
     */
    @Override
    public synchronized void start() throws Exception {
        if (stream != null) {
            return;
        }
        try {
            GrabberSettings settings = GrabberSettings.of(List.of(address.options(), options, videoOptions));
            // Kept before it waits for the broker, so that stop can end the wait.
            stream = new GrabbedStream(
                    KafkaSettings.consumer(address.bootstrapServers(), settings.kafka()),
                    address.streamId(),
                    settings,
                    new GrabbedStream.Owner(
                            () -> timeout, () -> stops.get() > 0, leftOut, end -> EndMetadata.put(metadata, end)));
            stream.open();
            maker = new FrameMaker();
            lookAhead();
        } catch (IllegalArgumentException | KafkaException | Exception e) {
            closeAll();
            throw new Exception(
                    "expected stream \"" + address.streamId() + "\" at " + address.bootstrapServers() + ", found: "
                            + e.getMessage(),
                    e);
        }
    }

    private void lookAhead() throws Exception {
        metadata.clear();
        shown = stream.lookAhead();
        timestamp = shown == null ? 0 : Times.micros(shown.pts(), shown.timeBase());
        frameNumber = 0;
    }

    /**
     * The next frame, good until the next call.
     *
     * @return null at the end of the stream, and ever after
     * @throws Exception if none comes within the timeout; then it can be called again
     */
    @Override
    public synchronized Frame grab() throws Exception {
        requireStarted();
        for (StreamReader.Picture next = stream.next(); next != null; next = stream.next()) {
            Frame frame = show(next);
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    /** As {@link #grab()}: there is no sound. */
    public Frame grabImage() throws Exception {
        return grab();
    }

    /** Null if the record does not decode. */
    private Frame show(StreamReader.Picture next) throws Exception {
        EncodedFrame source = next.frame();
        try (Picture picture = stream.decode(next)) {
            int number = imageMode == ImageMode.RAW ? avutil.AV_PIX_FMT_NONE : getPixelFormat();
            Frame frame = maker.make(
                    picture,
                    source,
                    source.discontinuity() || next.afterBreak(),
                    new FrameMaker.Look(number, imageWidth, imageHeight));
            shown = source;
            timestamp = frame.timestamp;
            frameNumber = (int) Math.min(ALL, source.sequence());
            return frame;
        } catch (FrameCodecException | VideoException e) {
            stream.leaveOut(next, e);
            return null;
        }
    }

    private void requireStarted() throws Exception {
        if (stream == null) {
            throw new Exception("expected start() before this call, found it not called");
        }
    }

    /**
     * Leaves frames out, and decodes only those that others may refer to.
     *
     * @return how many: fewer than wanted at the end of the stream
     */
    public synchronized int skip(int frames) throws Exception {
        requireStarted();
        return stream.skip(frames);
    }

    /** Skips as many frames as there are buffers, as JavaCV's grabbers do before a triggered frame. */
    @Override
    public void trigger() throws Exception {
        var _ = skip(numBuffers + 1);
    }

    @Override
    public void flush() throws Exception {
        trigger();
    }

    /** Goes to the first frame of this session that is not before a time in microseconds, forward or back. */
    @Override
    public synchronized void setTimestamp(long wanted) throws Exception {
        requireStarted();
        stream.seekTime(wanted);
    }

    /** Goes to the first frame of this session with at least this sequence, forward or back. */
    @Override
    public synchronized void setFrameNumber(int wanted) throws Exception {
        requireStarted();
        stream.seekSequence(wanted);
    }

    /** After the end of a session, goes on with what follows it; otherwise stops and starts. */
    @Override
    public void restart() throws Exception {
        synchronized (this) {
            if (stream != null && stream.hasEnded()) {
                stream.proceed();
                lookAhead();
                return;
            }
        }
        super.restart();
    }

    /** Gives all back; frames that are kept stay readable. Nothing happens if there is nothing to stop. */
    @Override
    public void stop() throws Exception {
        stops.incrementAndGet();
        try {
            GrabbedStream open = stream;
            if (open != null) {
                open.wakeup();
            }
            synchronized (this) {
                closeAll();
            }
        } finally {
            stops.decrementAndGet();
        }
    }

    private void closeAll() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
        if (maker != null) {
            maker.close();
            maker = null;
        }
        shown = null;
        frameNumber = 0;
        timestamp = 0;
    }

    /** As {@link #stop()}. */
    @Override
    public void release() throws Exception {
        stop();
    }

    @Override
    public int getImageWidth() {
        return imageWidth > 0 || shown == null ? imageWidth : shown.format().width();
    }

    @Override
    public int getImageHeight() {
        return imageHeight > 0 || shown == null ? imageHeight : shown.format().height();
    }

    /** FFmpeg's number of the layout that images have. */
    @Override
    public int getPixelFormat() {
        if (imageMode == ImageMode.RAW) {
            return shown == null ? pixelFormat : Ffmpeg.number(shown.format().pixelFormat());
        } else if (pixelFormat != avutil.AV_PIX_FMT_NONE) {
            return pixelFormat;
        }
        return imageMode == ImageMode.COLOR ? avutil.AV_PIX_FMT_BGR24 : avutil.AV_PIX_FMT_GRAY8;
    }

    /** Frames per second at the beginning of the stream; 0 until two frames have come, if they have no duration. */
    @Override
    public double getFrameRate() {
        GrabbedStream open = stream;
        return frameRate > 0 || open == null ? frameRate : open.frameRate();
    }

    /** Width of a sample over its height; 1 when unknown, as of JavaCV's own grabbers. */
    @Override
    public double getAspectRatio() {
        boolean known = shown != null && shown.format().sampleAspectRatio().isPositive();
        return known ? shown.format().sampleAspectRatio().toDouble() : 1;
    }

    @Override
    public String getVideoCodecName() {
        return shown == null
                ? super.getVideoCodecName()
                : shown.format().codec().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String getFormat() {
        return "kafka";
    }

    /** How many frames the session has, counting holes; 0 until its end has been read. */
    @Override
    public int getLengthInFrames() {
        GrabbedStream open = stream;
        return open == null ? 0 : (int) Math.min(ALL, open.lengthInFrames());
    }

    /** The last frame's end in microseconds; 0 until the end of the session has been read. */
    @Override
    public long getLengthInTime() {
        GrabbedStream open = stream;
        return open == null ? 0 : open.lengthInMicros();
    }

    /**
     * Frames that were left out since the grabber was made: damaged ones, and those that refer to others which are damaged
     * or missing, or came before the first key frame.
     */
    public synchronized long getDamagedFrames() {
        return leftOut.count();
    }

    /** The reason why a frame was left out last, with its place and sequence; null if none was. */
    public synchronized String getLastProblem() {
        return leftOut.last();
    }
}
