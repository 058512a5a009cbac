package io.kinolift.bench;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * OpenCV: {@code addWeighted} blends two frames, {@code resize} enlarges the blend, and rounds once more. For weights of
 * ours it takes Lanczos over 8 x 8 samples.
 */
public final class OpenCvPeer implements Peer {
    @Override
    public List<Supplier<Racer>> enter(Workload workload) {
        try {
            opencv_core.setNumThreads(1);
        } catch (LinkageError e) {
            return List.of();
        }
        return switch (workload.task()) {
            case Workload.Interpolating(Interpolation settings)
            when settings.mode() != Mode.NEAREST && !settings.alignCorners() ->
                List.of(() -> new OpenCv(
                        "OpenCV",
                        workload,
                        settings.mode() == Mode.BICUBIC ? opencv_imgproc.INTER_CUBIC : opencv_imgproc.INTER_LINEAR));
            case Workload.Sharpening _ ->
                List.of(() -> new OpenCv("OpenCV Lanczos4", workload, opencv_imgproc.INTER_LANCZOS4));
            default -> List.of();
        };
    }

    /** A plane's samples without a copy. */
    static Mat mat(Plane plane) {
        BytePointer data = new BytePointer(new Pointer() {
            {
                address = plane.data().address();
            }
        });
        return new Mat(
                plane.height(),
                plane.width(),
                plane.sampleBytes() == Short.BYTES
                        ? opencv_core.CV_16UC(plane.components())
                        : opencv_core.CV_8UC(plane.components()),
                data,
                plane.stride());
    }

    private static final class OpenCv implements Racer {
        private final String name;
        private final List<Picture> pictures;
        /** Per frame and plane. */
        private final List<List<Mat>> inputs = new ArrayList<>();

        private final List<Mat> blends = new ArrayList<>();
        /** Per output and plane. */
        private final List<List<Mat>> outputs = new ArrayList<>();

        private final int filter;
        private final double temporalFactor;
        private final long firstOutput;

        OpenCv(String name, Workload workload, int filter) {
            this.name = name;
            this.filter = filter;
            BoundOperator bound =
                    workload.task().operator().bind(workload.format(), workload.width(), workload.height());
            TimeGrid grid = workload.task().operator().timeGrid();
            temporalFactor = grid.factor().toDouble();
            firstOutput = grid.outputsBefore(1);
            pictures = TestInputs.of(workload, new AvPictures());
            for (Picture picture : pictures) {
                inputs.add(picture.planes().stream().map(OpenCvPeer::mat).toList());
            }
            for (Mat plane : inputs.getFirst()) {
                blends.add(new Mat(plane.size(), plane.type()));
            }
            for (long output = firstOutput; output < grid.outputsBefore(3); output++) {
                List<Mat> planes = new ArrayList<>();
                for (int plane = 0; plane < blends.size(); plane++) {
                    planes.add(new Mat(
                            workload.format().planeHeight(plane, bound.outputHeight()),
                            workload.format().planeWidth(plane, bound.outputWidth()),
                            blends.get(plane).type()));
                }
                outputs.add(planes);
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int outputs() {
            return outputs.size();
        }

        @Override
        public void round() {
            for (int i = 0; i < outputs.size(); i++) {
                double x = (firstOutput + i + 0.5) / temporalFactor - 0.5;
                int earlier = (int) Math.max(0, Math.floor(x));
                double share = Math.max(0, x - earlier);
                for (int plane = 0; plane < blends.size(); plane++) {
                    Mat blend = inputs.get(earlier % inputs.size()).get(plane);
                    if (share > 0) {
                        Mat later = inputs.get((earlier + 1) % inputs.size()).get(plane);
                        opencv_core.addWeighted(blend, 1 - share, later, share, 0, blends.get(plane));
                        blend = blends.get(plane);
                    }
                    Mat output = outputs.get(i).get(plane);
                    try (Size size = output.size()) {
                        opencv_imgproc.resize(blend, output, size, 0, 0, filter);
                    }
                }
            }
        }

        @Override
        public boolean makes(long output) {
            return output >= firstOutput && output < firstOutput + outputs.size();
        }

        @Override
        public double sample(long output, int plane, int row, int column, int component) {
            Mat made = outputs.get((int) (output - firstOutput)).get(plane);
            long at = (long) column * made.channels() + component;
            return made.depth() == opencv_core.CV_16U
                    ? new ShortPointer(made.ptr(row)).get(at) & 0xFFFF
                    : made.ptr(row).get(at) & 0xFF;
        }

        @Override
        public void close() {
            outputs.forEach(planes -> planes.forEach(Mat::close));
            blends.forEach(Mat::close);
            inputs.forEach(planes -> planes.forEach(Mat::close));
            pictures.forEach(Picture::close);
        }
    }
}
