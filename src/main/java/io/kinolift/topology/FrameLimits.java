package io.kinolift.topology;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.upscale.Operator;
import java.util.Optional;

/**
 * What a frame may cost; checked on its header, before anything is allocated for it.
 *
 * @param maxPixels luma samples of an input picture
 * @param maxOutputPixels luma samples of an output picture
 * @param maxBytes payload bytes of an input frame
 */
public record FrameLimits(long maxPixels, long maxOutputPixels, int maxBytes) {
    /**
     * @param operator says how many samples the frame will have upscaled
     * @return what was expected and found, or null when all limits hold
     */
    String violation(EncodedFrame frame, Operator operator) {
        long pixels = (long) frame.format().width() * frame.format().height();
        String size = frame.format().width() + "x" + frame.format().height();
        if (pixels > maxPixels) {
            return "expected at most " + maxPixels + " pixels (kinolift.max.frame.pixels), found " + size;
        }
        long outputPixels = operator.outputPixels(frame.format().width(), frame.format().height());
        if (outputPixels < 1) {
            return "expected a picture of which the operator leaves a sample, found " + size;
        }
        if (outputPixels > maxOutputPixels) {
            return "expected at most " + maxOutputPixels + " output pixels (kinolift.max.output.pixels), found "
                    + outputPixels + " from " + size;
        }
        Optional<String> refusal = operator.refusal(
                frame.format().pixelFormat(), frame.format().width(), frame.format().height(), frame.format().colour());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (frame.payload().length > maxBytes) {
            return "expected at most " + maxBytes + " bytes (kinolift.max.frame.bytes), found "
                    + frame.payload().length;
        }
        return null;
    }
}
