package io.kinolift.client;

import io.kinolift.avro.Totals;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what Kinolift has made of a stream, or any other topic of frames, as JavaCV's frames. The package's manual says
 * what frames look like, when {@link #grab()} returns null, and which options there are. All methods may be called by
 * any thread, one at a time; {@link #stop()} ends a wait of another thread.
 */
public final class KafkaFrameGrabber extends FrameGrabber {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFrameGrabber.class);
    private static final double MICROS = 1e6;
    private static final int ALL = Integer.MAX_VALUE;

    private final Address address;
    private GrabberSettings settings;
    private volatile Intake intake;
    private volatile boolean waiting;
    private FrameMaker maker;
    private EncodedFrame shown;
    private boolean ended;
    private double foundRate;
    private long length;
    private long damaged;
    private String lastProblem;

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
        RecorderSettings.requireStreamId(address.streamId());
        this.address = address;
    }

    /**
     * Connects and waits for the first frame, so that size and frame rate are known. Nothing happens if it has been
     * called already.
     *
     * @throws Exception if the broker does not answer or no frame comes within the timeout, or an option is wrong
     */
    @Override
    public synchronized void start() throws Exception {
        if (intake != null) {
            return;
        }
        try {
            settings = GrabberSettings.of(List.of(address.options(), options, videoOptions));
            intake = new Intake(open());
            maker = new FrameMaker();
            ended = false;
            lookAhead();
        } catch (IllegalArgumentException | KafkaException | Exception e) {
            closeAll();
            throw new Exception(
                    "expected stream \"" + address.streamId() + "\" at " + address.bootstrapServers() + ", found: "
                            + e.getMessage(),
                    e);
        }
    }

    private StreamReader open() throws Exception {
        Consumer<byte[], byte[]> consumer = KafkaSettings.consumer(address.bootstrapServers(), settings.kafka());
        try {
            List<PartitionInfo> found = consumer.partitionsFor(settings.topic(), patience());
            List<TopicPartition> partitions = (found == null ? List.<PartitionInfo>of() : found)
                    .stream()
                            .filter(info -> settings.partition() == null || info.partition() == settings.partition())
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            if (partitions.isEmpty()) {
                throw new Exception("expected topic " + settings.topic()
                        + (settings.partition() == null ? "" : " with a partition " + settings.partition())
                        + ", found none");
            }
            StreamReader reader = new StreamReader(consumer, partitions, address.streamId(), settings.session());
            if (settings.fromEnd()) {
                reader.seekToEnd();
            } else {
                reader.seekToBeginning();
            }
            return reader;
        } catch (KafkaException | Exception e) {
            consumer.close();
            throw e;
        }
    }

    private Duration patience() {
        return Duration.ofMillis(timeout > 0 ? timeout : ALL);
    }

    /** The first frame tells size and codec. Where it has no duration, the second one tells the rate. */
    private void lookAhead() throws Exception {
        StreamReader.Entry first = entry();
        intake.keep(first);
        if (first instanceof StreamReader.Picture one) {
            shown = one.frame();
            timestamp = Times.micros(shown.pts(), shown.timeBase());
            foundRate = rate(shown.duration(), shown);
            StreamReader.Entry second = foundRate == 0 ? poll() : null;
            if (second != null) {
                intake.keep(second);
                if (second instanceof StreamReader.Picture two
                        && two.frame().timeBase().equals(shown.timeBase())) {
                    foundRate = rate(two.frame().pts() - shown.pts(), shown);
                }
            }
        }
    }

    private static double rate(long units, EncodedFrame frame) {
        return units > 0 ? 1 / (units * frame.timeBase().toDouble()) : 0;
    }

    /** The next frame or end; damaged records are left out. */
    private StreamReader.Entry entry() throws Exception {
        while (true) {
            StreamReader.Entry entry = poll();
            if (entry == null) {
                throw new Exception("expected a frame or the end of stream \"" + address.streamId() + "\" on "
                        + settings.topic() + " within " + timeout + " ms, found none");
            }
            if (!(entry instanceof StreamReader.Damaged record)) {
                return entry;
            }
            problem(record.reason());
        }
    }

    /** The next entry; null if none comes within the timeout. */
    private StreamReader.Entry poll() throws Exception {
        waiting = true;
        try {
            return intake.next(timeout > 0 ? patience() : null);
        } catch (WakeupException e) {
            throw new Exception("expected a frame, found the grabber stopped", e);
        } catch (KafkaException e) {
            throw new Exception("expected records of " + settings.topic() + ", found: " + e.getMessage(), e);
        } finally {
            waiting = false;
        }
    }

    private void problem(String reason) throws Exception {
        damaged++;
        lastProblem = reason;
        LOG.warn("a record is left out: {}", reason);
        if (settings.failOnErrors()) {
            throw new Exception(reason);
        }
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
        while (!ended) {
            switch (entry()) {
                case StreamReader.Picture picture -> {
                    Frame frame = show(picture);
                    if (frame != null) {
                        return frame;
                    }
                }
                case StreamReader.End end -> end(end);
                case StreamReader.Damaged _ -> throw new IllegalStateException("damaged records are left out before");
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
        try (Picture picture = intake.decode(source)) {
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
            intake.reader().markBreak();
            problem(next.place() + ", sequence " + source.sequence() + ": " + e.getMessage());
            return null;
        }
    }

    private void end(StreamReader.End end) {
        ended = true;
        length = end.frames();
        metadata.put("frames", Long.toString(end.frames()));
        Totals totals = end.totals();
        if (totals != null) {
            metadata.put("received", Long.toString(totals.getReceived()));
            metadata.put("upscaled", Long.toString(totals.getUpscaled()));
            metadata.put("deadLettered", Long.toString(totals.getDeadLettered()));
            metadata.put("held", Long.toString(totals.getHeld()));
            metadata.put("filled", Long.toString(totals.getFilled()));
            metadata.put("emitted", Long.toString(totals.getEmitted()));
            totals.getDropped().forEach((policy, count) -> metadata.put("dropped." + policy, Long.toString(count)));
        }
    }

    private void requireStarted() throws Exception {
        if (intake == null) {
            throw new Exception("expected start() before this call, found it not called");
        }
    }

    /**
     * Leaves frames out without decoding them.
     *
     * @return how many: fewer than wanted at the end of the stream
     */
    public synchronized int skip(int frames) throws Exception {
        requireStarted();
        int skipped = 0;
        while (skipped < frames && !ended) {
            switch (entry()) {
                case StreamReader.End end -> end(end);
                default -> skipped++;
            }
        }
        return skipped;
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
        seek(timestamp >= wanted, frame -> Times.micros(frame.pts(), frame.timeBase()) >= wanted);
    }

    /** Goes to the first frame of this session with at least this sequence, forward or back. */
    @Override
    public synchronized void setFrameNumber(int wanted) throws Exception {
        seek(shown == null || shown.sequence() >= wanted, frame -> frame.sequence() >= wanted);
    }

    private void seek(boolean back, Predicate<EncodedFrame> reached) throws Exception {
        requireStarted();
        if (back) {
            intake.rewind();
            ended = false;
        }
        while (!ended) {
            StreamReader.Entry entry = entry();
            if (entry instanceof StreamReader.End end) {
                end(end);
            } else if (entry instanceof StreamReader.Picture picture && reached.test(picture.frame())) {
                intake.keepFirst(entry);
                return;
            }
        }
    }

    /** After the end of a session, goes on with what follows it; otherwise stops and starts. */
    @Override
    public void restart() throws Exception {
        synchronized (this) {
            if (intake != null && ended) {
                ended = false;
                lookAhead();
                return;
            }
        }
        super.restart();
    }

    /** Gives all back; frames that are kept stay readable. Nothing happens if there is nothing to stop. */
    @Override
    public void stop() throws Exception {
        Intake open = intake;
        if (open != null && waiting) {
            open.reader().wakeup();
        }
        synchronized (this) {
            closeAll();
        }
    }

    private void closeAll() {
        if (intake != null) {
            intake.close();
            intake = null;
        }
        if (maker != null) {
            maker.close();
            maker = null;
        }
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

    /** Frames per second at the beginning of the stream; 0 if it has one frame or none. */
    @Override
    public double getFrameRate() {
        return frameRate > 0 ? frameRate : foundRate;
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
        return (int) Math.min(ALL, length);
    }

    /** Until its end has been read, 0; then the last frame's end in microseconds. */
    @Override
    public long getLengthInTime() {
        return ended && foundRate > 0 ? timestamp + Math.round(MICROS / foundRate) : 0;
    }

    /** Records that were left out because they are damaged, since the grabber was made. */
    public synchronized long getDamagedFrames() {
        return damaged;
    }

    /** The reason why a record was left out last, with its place and sequence; null if none was. */
    public synchronized String getLastProblem() {
        return lastProblem;
    }
}
