package io.kinolift.topology;

import io.kinolift.frame.EncodedFrame;

/**
 * What a frame may cost; checked on its header, before anything is allocated for it.
 *
 * @param maxPixels luma samples of an input picture
 * @param maxOutputPixels luma samples of an output picture
 * @param maxBytes payload bytes of an input frame
 */
public record FrameLimits(long maxPixels, long maxOutputPixels, int maxBytes) {
    /**
     * @param outputPixels luma samples the frame will have upscaled
     * @return what was expected and found, or null when all limits hold
     */
    String violation(EncodedFrame frame, long outputPixels) {
        long pixels = (long) frame.format().width() * frame.format().height();
        String size = frame.format().width() + "x" + frame.format().height();
        if (pixels > maxPixels) {
            return "expected at most " + maxPixels + " pixels (kinolift.max.frame.pixels), found " + size;
        }
        if (outputPixels > maxOutputPixels) {
            return "expected at most " + maxOutputPixels + " output pixels (kinolift.max.output.pixels), found "
                    + outputPixels + " from " + size;
        }
        if (frame.payload().length > maxBytes) {
            return "expected at most " + maxBytes + " bytes (kinolift.max.frame.bytes), found "
                    + frame.payload().length;
        }
        return null;
    }
}
