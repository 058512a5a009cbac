package io.kinolift.client;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.bytedeco.javacv.FrameGrabber;

/**
 * What a grabber reads between start and stop. It knows which frame was taken last, shown or not, and so where to seek;
 * what has only been looked at is put back. One thread at a time, but for {@link #wakeup}.
 */
final class GrabbedStream implements AutoCloseable {
    private static final double MICROS = 1e6;
    /** How long a second frame is waited for, which would tell the rate. */
    private static final int SECOND_FRAME_MS = 500;

    private final Consumer<byte[], byte[]> consumer;
    private final String streamId;
    private final GrabberSettings settings;
    private final Owner owner;
    private Intake intake;
    private EncodedFrame position;
    private boolean ended;
    private double frameRate;
    private long frames;
    private long micros;

    /**
     * What the grabber has that may change while it reads.
     *
     * @param timeoutMillis how long to wait for a record; 0 is without limit
     * @param stopping whether another thread wants this one to stop
     * @param leftOut counts records that are of no use
     * @param atEnd is told of the end of each session
     */
    record Owner(
            IntSupplier timeoutMillis,
            BooleanSupplier stopping,
            LeftOut leftOut,
            java.util.function.Consumer<StreamReader.End> atEnd) {}

    /** @param consumer is closed with this, also where {@link #open} fails */
    GrabbedStream(Consumer<byte[], byte[]> consumer, String streamId, GrabberSettings settings, Owner owner) {
        this.consumer = consumer;
        this.streamId = streamId;
        this.settings = settings;
        this.owner = owner;
    }

    /**
     * Finds the topic.
     *
     * @throws KafkaException if there is none, or the broker does not answer in time
     */
    void open() throws FrameGrabber.Exception {
        requireGoing();
        int timeout = owner.timeoutMillis().getAsInt();
        int limit = timeout > 0 ? Math.min(timeout, KafkaSettings.START_MS) : KafkaSettings.START_MS;
        try {
            intake = new Intake(StreamReader.open(consumer, streamId, settings, Duration.ofMillis(limit)));
        } catch (WakeupException e) {
            throw stopped(e);
        }
    }

    /**
     * Waits for the first frame of a session, which is not taken yet. If it does not tell the rate, a second one may, but
     * it is not waited for as long.
     *
     * @return null if the session has none
     */
    EncodedFrame lookAhead() throws FrameGrabber.Exception {
        StreamReader.Entry first = entry();
        EncodedFrame frame = null;
        if (first instanceof StreamReader.Picture picture) {
            frame = picture.frame();
            frameRate = rate(frame.duration(), frame);
            int timeout = owner.timeoutMillis().getAsInt();
            int patience = timeout > 0 ? Math.min(timeout, SECOND_FRAME_MS) : SECOND_FRAME_MS;
            StreamReader.Entry second = frameRate > 0 ? null : poll(Duration.ofMillis(patience));
            if (second instanceof StreamReader.Picture next) {
                findRate(frame, next.frame());
            }
            if (second != null) {
                intake.keepFirst(second);
            }
        }
        intake.keepFirst(first);
        return frame;
    }

    private void findRate(EncodedFrame one, EncodedFrame next) {
        if (frameRate == 0
                && next.session() == one.session()
                && (next.sequence() == one.sequence() + 1
                        || next.format().codec().isInterCoded())
                && next.timeBase().equals(one.timeBase())) {
            frameRate = rate(next.pts() - one.pts(), one);
        }
    }

    private static double rate(long units, EncodedFrame frame) {
        return units > 0 ? Times.framesPerSecond(units, frame.timeBase()) : 0;
    }

    /**
     * Takes the next frame.
     *
     * @return null at the end of the session, and until {@link #proceed}
     */
    StreamReader.Picture next() throws FrameGrabber.Exception {
        return ended ? null : take(entry());
    }

    private StreamReader.Picture take(StreamReader.Entry entry) {
        if (entry instanceof StreamReader.Picture picture) {
            if (position != null) {
                findRate(position, picture.frame());
            }
            position = picture.frame();
            return picture;
        } else if (entry instanceof StreamReader.End end) {
            ended = true;
            frames = end.frames();
            micros = position != null && frameRate > 0 ? time(position) + Math.round(MICROS / frameRate) : 0;
            owner.atEnd().accept(end);
        }
        return null;
    }

    private static long time(EncodedFrame frame) {
        return Times.micros(frame.pts(), frame.timeBase());
    }

    /** Takes frames that are not shown, and says how many there were. */
    int skip(int wanted) throws FrameGrabber.Exception {
        for (int skipped = 0; skipped < wanted; skipped++) {
            StreamReader.Picture next = next();
            if (next == null) {
                return skipped;
            }
            DisplayOrder.free(next);
        }
        return wanted;
    }

    /** So that the next frame is the first one from a time on, forward or back. */
    void seekTime(long wanted) throws FrameGrabber.Exception {
        seek(frame -> time(frame) >= wanted);
    }

    /** So that the next frame is the first one from a sequence on, forward or back. */
    void seekSequence(long wanted) throws FrameGrabber.Exception {
        seek(frame -> frame.sequence() >= wanted);
    }

    private void seek(Predicate<EncodedFrame> reached) throws FrameGrabber.Exception {
        if (position != null && reached.test(position)) {
            intake.rewind();
            position = null;
            ended = false;
        }
        intake.seek(reached);
        EncodedFrame passed = null;
        while (!ended) {
            StreamReader.Entry entry = entry();
            passed = later(passed, intake.takePassed());
            position = later(position, passed);
            if (entry instanceof StreamReader.Picture picture && reached.test(picture.frame())) {
                intake.keepFirst(entry);
                return;
            }
            take(entry);
            DisplayOrder.free(entry);
        }
    }

    /** The one of two frames that is shown later, where one may be missing. */
    private static EncodedFrame later(EncodedFrame one, EncodedFrame other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.session() == other.session() && other.pts() < one.pts() ? one : other;
    }

    /** The picture of a frame, which is the caller's to close; to be asked for once. */
    Picture decode(StreamReader.Picture frame) throws FrameCodecException {
        return intake.decode(frame);
    }

    /**
     * Leaves a frame out that was taken and is of no use.
     *
     * @throws FrameGrabber.Exception if the settings say that it shall be one
     */
    void leaveOut(StreamReader.Picture frame, Exception problem) throws FrameGrabber.Exception {
        intake.reader().markBreak();
        leaveOut(new StreamReader.Damaged(
                frame.place() + ", sequence " + frame.frame().sequence() + ": " + problem.getMessage(), true, true));
    }

    private void leaveOut(StreamReader.Damaged record) throws FrameGrabber.Exception {
        owner.leftOut().add(record.reason(), record.isNews());
        if (settings.failOnErrors() && record.isError()) {
            throw new FrameGrabber.Exception(record.reason());
        }
    }

    /** The next frame or end; damaged records are left out. */
    private StreamReader.Entry entry() throws FrameGrabber.Exception {
        while (true) {
            int timeout = owner.timeoutMillis().getAsInt();
            StreamReader.Entry entry = poll(timeout > 0 ? Duration.ofMillis(timeout) : null);
            if (entry == null) {
                throw new FrameGrabber.Exception("expected a frame or the end of stream \"" + streamId + "\" on "
                        + settings.topic() + " within " + timeout + " ms, found none");
            }
            if (!(entry instanceof StreamReader.Damaged record)) {
                return entry;
            }
            leaveOut(record);
        }
    }

    /** The next entry; null if none comes in time. */
    private StreamReader.Entry poll(Duration patience) throws FrameGrabber.Exception {
        requireGoing();
        try {
            return intake.next(patience);
        } catch (WakeupException e) {
            throw stopped(e);
        } catch (KafkaException e) {
            throw new FrameGrabber.Exception(
                    "expected records of " + settings.topic() + ", found: " + e.getMessage(), e);
        }
    }

    private void requireGoing() throws FrameGrabber.Exception {
        if (owner.stopping().getAsBoolean()) {
            throw stopped(null);
        }
    }

    private static FrameGrabber.Exception stopped(Exception cause) {
        return new FrameGrabber.Exception("expected a frame, found the grabber stopped", cause);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Goes on with what follows the end of a session. */
    void proceed() {
        ended = false;
        position = null;
        frameRate = 0;
        frames = 0;
        micros = 0;
    }

    /** Frames per second at the beginning; 0 while not known. */
    double frameRate() {
        return frameRate;
    }

    /** The number of frames, counting holes; 0 until the session's end has been read. */
    long lengthInFrames() {
        return frames;
    }

    /** When the last frame ends; 0 until the session's end has been read. */
    long lengthInMicros() {
        return micros;
    }

    /** Ends a wait for the broker in another thread; the next wait ends at once if there is none now. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        if (intake == null) {
            consumer.close();
        } else {
            intake.close();
        }
    }
}
