package io.kinolift.transfer;

import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.group.GroupDecoder;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import io.kinolift.video.Ticks;

/** Which records of a stream belong to what was asked for. */
final class SessionFilter {
    private static final Rational NANOSECOND = Rational.of(1, 1_000_000_000);

    private final Selection selection;
    private Long session;
    private VideoFrame first;
    private boolean beginsWithKey;
    private boolean keyFrameCame;
    /** How many frames in a row are shown behind the end. */
    private int behindEnd;

    enum Verdict {
        TAKEN,
        /** A frame before the first that is wanted. */
        EARLY,
        /** Of another session. */
        OTHER,
        END,
        ENOUGH,
        REPLACED
    }

    SessionFilter(Selection selection) {
        this.selection = selection;
    }

    /** What is taken begins with a key frame: nothing is decoded for the sake of frames before. */
    void beginWithKeyFrame() {
        beginsWithKey = true;
    }

    /** The session that frames were taken of; null before the first. */
    Long session() {
        return session;
    }

    Verdict judge(VideoFrame frame) {
        long found = frame.getSession();
        Long wanted = session == null ? selection.session() : session;
        if (wanted != null && found < wanted) {
            return Verdict.OTHER;
        }
        if (wanted != null && found > wanted && !selection.follow() && selection.keepsPart()) {
            // Before a frame of the wanted one, it may be that these lie in another partition.
            return session == null || frame.getEndOfStream() ? Verdict.OTHER : Verdict.REPLACED;
        }
        if (frame.getEndOfStream()) {
            return session == null && selection.keepsPart() && wanted == null ? Verdict.OTHER : Verdict.END;
        }
        session = found;
        if (frame.getSequence() < selection.fromSequence() && (first == null || first.getSession() == found)) {
            keyFrameCame |= frame.getKeyFrame() && !beginsWithKey;
            return Verdict.EARLY;
        }
        keyFrameCame |= frame.getKeyFrame();
        if (first == null && (keyFrameCame || !isInterCoded(frame))) {
            first = frame;
        }
        return isEnough(frame) ? Verdict.ENOUGH : Verdict.TAKEN;
    }

    private static boolean isInterCoded(VideoFrame frame) {
        return switch (frame.getCodec()) {
            case H264, HEVC, VP9, AV1 -> true;
            default -> false;
        };
    }

    /** Within the first session: the times of others begin anew. */
    private boolean isEnough(VideoFrame frame) {
        if (selection.duration() == null || first == null || frame.getSession() != first.getSession()) {
            return false;
        }
        if (!isInterCoded(frame)) {
            return isBehindEnd(frame.getPts(), unit(frame));
        }
        // A frame may come before others that are shown before it; none of these is shown before its dts.
        long earliest = frame.getDts() == null ? frame.getPts() : frame.getDts();
        behindEnd = isBehindEnd(earliest, unit(frame)) ? behindEnd + 1 : 0;
        return behindEnd > (frame.getDts() == null ? GroupDecoder.MOST_DELAYED : 0);
    }

    private static Rational unit(VideoFrame frame) {
        return Rational.of(frame.getTimeBaseNumerator(), frame.getTimeBaseDenominator());
    }

    private boolean isBehindEnd(long time, Rational unit) {
        long start = Ticks.nearest(first.getPts(), unit(first), unit);
        return time - start >= Ticks.nearest(selection.duration().toNanos(), NANOSECOND, unit);
    }

    /** Whether a frame that was taken, or came early, is to be shown: others are only decoded for its sake. */
    boolean isWanted(EncodedFrame frame) {
        if (first == null || frame.session() != first.getSession()) {
            return true;
        }
        return frame.sequence() >= selection.fromSequence()
                && (selection.duration() == null || !isBehindEnd(frame.pts(), frame.timeBase()));
    }
}
