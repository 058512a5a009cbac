package io.kinolift.audit;

import io.kinolift.avro.VideoFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * The output frames of one session in the order of their topic. It reports repeated places and holes. A hole is legal
 * if the frame behind it says so (discontinuity), if the format changes, or if a segment gives less than a whole input
 * frame's share, which happens with factors that are not whole.
 */
final class SequenceTrail {
    /** Most places that are named; all are counted. */
    private static final int MAX_NAMED = 20;

    private final List<String> holes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long emitted;
    private long faults;
    private long next;
    private VideoFrame last;
    private boolean ended;

    void frame(VideoFrame frame, String place) {
        emitted++;
        if (frame.getSequence() == 0 && (ended || frame.getDiscontinuity())) {
            // The session began again.
            next = 0;
            last = null;
        } else if (ended) {
            fault("frame " + frame.getSequence() + " after the end, " + place);
        }
        ended = false;
        if (frame.getSequence() < next) {
            fault("frame " + frame.getSequence() + " twice or out of order, " + place);
            return;
        }
        if (frame.getSequence() > next) {
            hole(next, frame.getSequence(), frame.getDiscontinuity() || isOtherFormat(frame), place);
        }
        next = frame.getSequence() + 1;
        last = frame;
    }

    /** @param inputFrames how many input frames the producer counted, 0 when unknown */
    void end(long sequence, long inputFrames, boolean inputIncomplete, String place) {
        if (ended) {
            fault("a second end, " + place);
        }
        ended = true;
        long share = inputFrames == 0 ? 1 : Math.ceilDiv(sequence, inputFrames);
        if (sequence > next) {
            hole(next, sequence, inputIncomplete || sequence - next <= share, place);
        } else if (sequence < next) {
            fault("an end that counts " + sequence + " frames behind frame " + (next - 1) + ", " + place);
        }
    }

    long emitted() {
        return emitted;
    }

    long faults() {
        return faults;
    }

    List<String> holes() {
        return holes;
    }

    List<String> problems() {
        return problems;
    }

    private void hole(long from, long to, boolean legal, String place) {
        String text = "no output " + (to - from == 1 ? "frame " + from : "frames " + from + " to " + (to - 1))
                + " before " + place;
        if (legal) {
            if (holes.size() < MAX_NAMED) {
                holes.add(text);
            }
        } else {
            fault(text + ", and no discontinuity says so");
        }
    }

    private void fault(String text) {
        faults++;
        if (problems.size() < MAX_NAMED) {
            problems.add(text);
        }
    }

    private boolean isOtherFormat(VideoFrame frame) {
        return last != null
                && (frame.getWidth() != last.getWidth()
                        || frame.getHeight() != last.getHeight()
                        || frame.getPixelFormat() != last.getPixelFormat()
                        || frame.getTimeBaseNumerator() != last.getTimeBaseNumerator()
                        || frame.getTimeBaseDenominator() != last.getTimeBaseDenominator());
    }
}
