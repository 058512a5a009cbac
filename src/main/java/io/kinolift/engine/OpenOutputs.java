package io.kinolift.engine;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.codec.PayloadBuffer;
import io.kinolift.codec.group.GroupEncoder;
import io.kinolift.codec.group.GroupEncoding;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.OutputGrid;

/**
 * The open group of a stream's outputs. What it writes is a function of the pictures since the group's first output, of
 * what is missing between them, and of the settings: so it can be made anew.
 */
final class OpenOutputs implements AutoCloseable {
    private final PayloadBuffer buffer = new PayloadBuffer();
    /** The segment it belongs to, and the output that comes next. */
    private long session;

    private long segmentStart;
    private long next = -1;
    /** The first output of the group; -1 for none. */
    private long groupStart = -1;
    /** Null before a key frame. */
    private GroupEncoder encoder;

    private GroupEncoding encoding;
    private EncoderSettings settings;
    private long bytes;

    /** Whether the next output is the first of a window. */
    boolean continuesWith(FrameWindow window) {
        return next == window.outputFrom() && session == window.session() && segmentStart == window.segmentStart();
    }

    /** What is known belongs to other outputs than those that come next. */
    void reset() {
        close();
        groupStart = -1;
    }

    /** A window is being worked on. If that fails, nobody knows what comes next. */
    void begin() {
        next = -1;
    }

    /** All outputs of a window have been encoded. */
    void end(FrameWindow window) {
        session = window.session();
        segmentStart = window.segmentStart();
        next = window.outputTo();
    }

    /**
     * An output is missing. The next one begins with a key frame, because readers cannot tell what was missing. A lowered
     * quality stays for the rest of the group, so that it does not matter which of its outputs were missing.
     */
    void miss() {
        close();
    }

    /**
     * Encodes the next output. One that is too large becomes a key frame of lower quality, and so does the rest of the
     * group.
     *
     * @param frameRate of outputs, 0 if unknown
     * @param room how many bytes it may have
     * @throws FrameCodecException if it cannot be encoded, or is still too large at the floor; it is missing then
     */
    GroupEncoder.Coded encode(
            long output, FrameFormat format, Picture picture, FrameEncoding wanted, Rational frameRate, int room)
            throws FrameCodecException {
        long start = OutputGrid.groupStart(output, wanted.group().frames());
        if (start != groupStart) {
            close();
            groupStart = start;
            encoding = wanted.group();
            settings = wanted.settings();
        }
        try {
            GroupEncoder.Coded coded = encode(format, picture, frameRate);
            while (coded.payload().remaining() > room && settings.quality() < wanted.qualityFloor()) {
                close();
                encoding = encoding.withoutBitrate();
                settings = settings.lower(wanted.qualityFloor());
                coded = encode(format, picture, frameRate);
            }
            if (coded.payload().remaining() > room) {
                throw new FrameCodecException(
                        Reason.TOO_MANY_BYTES,
                        "expected an output of at most " + room + " bytes (the topic's max.message.bytes), found "
                                + coded.payload().remaining() + " at kinolift.quality.floor="
                                + wanted.qualityFloor());
            }
            return coded;
        } catch (FrameCodecException e) {
            miss();
            throw e;
        }
    }

    private GroupEncoder.Coded encode(FrameFormat format, Picture picture, Rational frameRate)
            throws FrameCodecException {
        if (encoder == null) {
            encoder = new GroupEncoder(format, encoding, settings, frameRate);
            bytes = GroupEncoder.PICTURES_HELD * format.pixelFormat().pictureBytes(format.width(), format.height());
        }
        return encoder.encode(picture, buffer);
    }

    /** Native memory, about. */
    long bytes() {
        return encoder == null ? 0 : bytes;
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
