package io.kinolift.engine;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.window.SourceFrame;
import java.util.Optional;

/**
 * Limits of a frame, checked on its header before anything is allocated for it.
 *
 * @param maxPixels luma samples of an input picture
 * @param maxOutputPixels luma samples of an output picture
 * @param maxBytes bytes of an input frame: its payload, and what its record had besides
 * @param windowFrames core frames of a window
 * @param maxNativeBytes memory for pictures: half for those of one window, half for outputs that are being made
 * @param maxHeapBytes of the heap, for what operators keep there while they make an output
 */
public record FrameLimits(
        long maxPixels, long maxOutputPixels, int maxBytes, int windowFrames, long maxNativeBytes, long maxHeapBytes) {
    /** What a decoder of inter-coded frames may hold: H.264 has up to 16 pictures to refer to and delays up to 16. */
    private static final int DECODER_PICTURES = 33;

    /**
     * Checks a frame against the limits.
     *
     * @param operator says how many samples the frame will have upscaled
     * @return expected and found, or null if all limits hold
     */
    public String violation(SourceFrame source, Operator operator) {
        EncodedFrame frame = source.frame();
        long pixels = (long) frame.format().width() * frame.format().height();
        String size = frame.format().width() + "x" + frame.format().height();
        if (pixels > maxPixels) {
            return "expected at most " + maxPixels + " pixels (kinolift.max.frame.pixels), found " + size;
        }
        long outputPixels =
                operator.outputPixels(frame.format().width(), frame.format().height());
        if (outputPixels < 1) {
            return "expected a picture of which the operator leaves a sample, found " + size;
        }
        if (outputPixels > maxOutputPixels) {
            return "expected at most " + maxOutputPixels + " output pixels (kinolift.max.output.pixels), found "
                    + outputPixels + " from " + size;
        }
        Optional<String> refusal = operator.refusal(
                frame.format().pixelFormat(),
                frame.format().width(),
                frame.format().height(),
                frame.format().colour());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        long bytes = frame.payload().remaining() + source.envelope().bytes();
        if (bytes > maxBytes) {
            return "expected at most " + maxBytes + " bytes (kinolift.max.frame.bytes), found " + bytes
                    + (source.envelope().bytes() > 0 ? " with key and headers" : "");
        }
        long needed = 2 * Math.max(windowBytes(frame.format(), operator), outputBytes(frame.format(), outputPixels));
        if (needed > maxNativeBytes) {
            return "expected to need at most " + maxNativeBytes + " bytes (kinolift.native.memory.bytes), found "
                    + needed + " for windows of " + windowFrames + " frames (kinolift.window.size) of " + size;
        }
        long heap = operator.heapBytes(
                frame.format().pixelFormat(),
                frame.format().width(),
                frame.format().height());
        if (heap > maxHeapBytes) {
            return "expected to need at most " + maxHeapBytes + " bytes of the heap (half of -Xmx), found " + heap
                    + " for motion in pictures of " + size;
        }
        return null;
    }

    private long windowBytes(FrameFormat format, Operator operator) {
        int halo = operator.timeGrid().haloBefore() + operator.timeGrid().haloAfter();
        int decoder = format.codec().isInterCoded() ? DECODER_PICTURES : 0;
        return (long) (windowFrames + halo + decoder)
                * format.pixelFormat().pictureBytes(format.width(), format.height());
    }

    /** As many bytes per pixel as the input has, rounded up. */
    private static long outputBytes(FrameFormat format, long outputPixels) {
        return outputPixels
                * Math.ceilDiv(
                        format.pixelFormat().pictureBytes(format.width(), format.height()),
                        (long) format.width() * format.height());
    }

    /**
     * How many outputs may be made at the same time.
     *
     * @param most as far as threads can use them
     */
    int outputsAtOnce(BoundOperator bound, int most) {
        long outputBytes =
                bound.outputFormat().pictureBytes(bound.outputWidth(), bound.outputHeight()) + bound.scratchBytes();
        return (int) Math.clamp(maxNativeBytes / 2 / outputBytes, 1, most);
    }
}
