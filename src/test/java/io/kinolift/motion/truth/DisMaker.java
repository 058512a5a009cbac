package io.kinolift.motion.truth;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.upscale.Pictures;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/**
 * OpenCV's dense optical flow in both directions, {@code DISOpticalFlow} with {@code PRESET_MEDIUM}. Both inputs are moved
 * by their part of it, with cubic taps, and joined as a blend; where the two directions disagree by a sample, an input
 * counts half.
 */
final class DisMaker implements Maker {
    private final Picture first;
    private final Picture second;
    private final float[] forward;
    private final float[] backward;

    DisMaker(Picture first, Picture second) {
        this.first = first;
        this.second = second;
        try (DISOpticalFlow search = DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM);
                Mat a = mat(first.plane(0));
                Mat b = mat(second.plane(0))) {
            forward = flow(search, a, b);
            backward = flow(search, b, a);
        }
    }

    private static Mat mat(Plane plane) {
        byte[] samples = new byte[plane.width() * plane.height()];
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                samples[y * plane.width() + x] = (byte) plane.sample(x, y);
            }
        }
        Mat mat = new Mat(plane.height(), plane.width(), opencv_core.CV_8UC1);
        new BytePointer(mat.data()).put(samples);
        return mat;
    }

    private static float[] flow(DISOpticalFlow search, Mat a, Mat b) {
        try (Mat flow = new Mat()) {
            search.calc(a, b, flow);
            float[] values = new float[2 * a.cols() * a.rows()];
            new FloatPointer(flow.data()).get(values);
            return values;
        }
    }

    @Override
    public float[] flow() {
        return forward;
    }

    @Override
    public Picture make(int numerator, int denominator) {
        float share = (float) numerator / denominator;
        try (Mat fromFirst = moved(first.plane(0), backward, share);
                Mat fromSecond = moved(second.plane(0), forward, 1 - share)) {
            FloatPointer a = new FloatPointer(fromFirst.data());
            FloatPointer b = new FloatPointer(fromSecond.data());
            int width = first.width();
            return Pictures.of(first.format(), width, first.height(), (p, y, x, c) -> {
                double trustFirst = (1 - share) / (1 + apart(backward, forward, x, y));
                double trustSecond = share / (1 + apart(forward, backward, x, y));
                int at = y * width + x;
                double joined = (trustFirst * a.get(at) + trustSecond * b.get(at)) / (trustFirst + trustSecond);
                return (int) Math.clamp(Math.rint(joined), 0, 255);
            });
        }
    }

    private Mat moved(Plane plane, float[] flow, float part) {
        float[] places = new float[flow.length];
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                int at = 2 * (y * plane.width() + x);
                places[at] = x + part * flow[at];
                places[at + 1] = y + part * flow[at + 1];
            }
        }
        Mat moved = new Mat();
        try (Mat bytes = mat(plane);
                Mat samples = new Mat();
                Mat none = new Mat();
                Mat map = new Mat(plane.height(), plane.width(), opencv_core.CV_32FC2)) {
            bytes.convertTo(samples, opencv_core.CV_32F);
            new FloatPointer(map.data()).put(places);
            opencv_imgproc.remap(
                    samples, moved, map, none, opencv_imgproc.INTER_CUBIC, opencv_core.BORDER_REPLICATE, null);
        }
        return moved;
    }

    /** How far one gets from a sample that follows a flow there and the other back. */
    private double apart(float[] there, float[] back, int x, int y) {
        int width = first.width();
        int at = 2 * (y * width + x);
        int toX = Math.clamp(Math.round(x + there[at]), 0, width - 1);
        int toY = Math.clamp(Math.round(y + there[at + 1]), 0, first.height() - 1);
        int to = 2 * (toY * width + toX);
        return Math.hypot(there[at] + back[to], there[at + 1] + back[to + 1]);
    }
}
