package io.kinolift.bench;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/**
 * OpenCV's dense optical flow of luma in both directions, {@code DISOpticalFlow} with {@code PRESET_MEDIUM}; {@code
 * remap} moves the planes of both inputs halfway, by cubic interpolation, and {@code addWeighted} joins them. On one
 * thread and on two.
 */
public final class OpenCvFlowPeer implements Peer {
    @Override
    public List<Supplier<Racer>> enter(Workload workload) {
        if (!(workload.task() instanceof Workload.FollowingMotion)) {
            return List.of();
        }
        try {
            opencv_core.setNumThreads(1);
        } catch (LinkageError e) {
            return List.of();
        }
        return List.of(() -> new Flow(workload, 1), () -> new Flow(workload, 2));
    }

    private static final class Flow implements Racer {
        private final int threads;
        /** Per frame and plane. */
        private final List<List<Mat>> inputs = new ArrayList<>();

        private final long[] made;
        /** Per output and plane. */
        private final List<List<Mat>> outputs = new ArrayList<>();
        /** Where every sample of a plane lies, per plane. */
        private final List<Mat> places = new ArrayList<>();

        private final Mat none = new Mat();
        private final DISOpticalFlow search = DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM);

        Flow(Workload workload, int threads) {
            this.threads = threads;
            List<Picture> pictures = TestInputs.of(workload, new AvPictures());
            for (Picture picture : pictures) {
                inputs.add(picture.planes().stream().map(Flow::withoutPadding).toList());
            }
            pictures.getFirst().planes().forEach(plane -> places.add(places(plane)));
            pictures.forEach(Picture::close);
            made = workload.outputs().toArray();
            for (int i = 0; i < made.length; i++) {
                outputs.add(inputs.getFirst().stream()
                        .map(plane -> new Mat(plane.rows(), plane.cols(), plane.type()))
                        .toList());
            }
        }

        /** The search takes nothing else. */
        private static Mat withoutPadding(Plane plane) {
            try (Mat padded = OpenCvPeer.mat(plane)) {
                return padded.clone();
            }
        }

        private static Mat places(Plane plane) {
            Mat places = new Mat(plane.height(), plane.width(), opencv_core.CV_32FC2);
            FloatPointer values = new FloatPointer(places.data());
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    long at = 2L * (y * plane.width() + x);
                    values.put(at, x).put(at + 1, y);
                }
            }
            return places;
        }

        @Override
        public String name() {
            return "OpenCV DIS flow" + (threads == 1 ? "" : ", " + threads + " threads");
        }

        @Override
        public int outputs() {
            return made.length;
        }

        @Override
        public void round() {
            opencv_core.setNumThreads(threads);
            for (int i = 0; i < made.length; i++) {
                int earlier = (int) (made[i] / Workload.FollowingMotion.FACTOR);
                make(inputs.get(earlier % inputs.size()), inputs.get((earlier + 1) % inputs.size()), outputs.get(i));
            }
            opencv_core.setNumThreads(1);
        }

        private void make(List<Mat> earlier, List<Mat> later, List<Mat> between) {
            // Given an old field, the search would begin from it.
            try (Mat forward = new Mat();
                    Mat backward = new Mat()) {
                search.calc(earlier.getFirst(), later.getFirst(), forward);
                search.calc(later.getFirst(), earlier.getFirst(), backward);
                for (int plane = 0; plane < between.size(); plane++) {
                    try (Mat first = moved(earlier.get(plane), backward, places.get(plane));
                            Mat second = moved(later.get(plane), forward, places.get(plane))) {
                        opencv_core.addWeighted(first, 0.5, second, 0.5, 0, between.get(plane));
                    }
                }
            }
        }

        /** Half the flow of luma; chroma's samples lie further apart. */
        private Mat moved(Mat plane, Mat flow, Mat places) {
            Mat moved = new Mat();
            try (Size size = plane.size();
                    Mat own = new Mat();
                    Mat map = new Mat()) {
                boolean isSmaller = plane.cols() < flow.cols();
                if (isSmaller) {
                    opencv_imgproc.resize(flow, own, size, 0, 0, opencv_imgproc.INTER_AREA);
                }
                opencv_core.scaleAdd(isSmaller ? own : flow, 0.5 * plane.cols() / flow.cols(), places, map);
                opencv_imgproc.remap(
                        plane, moved, map, none, opencv_imgproc.INTER_CUBIC, opencv_core.BORDER_REPLICATE, null);
            }
            return moved;
        }

        @Override
        public boolean makes(long output) {
            return Arrays.binarySearch(made, output) >= 0;
        }

        @Override
        public double sample(long output, int plane, int row, int column, int component) {
            Mat picture = outputs.get(Arrays.binarySearch(made, output)).get(plane);
            return picture.ptr(row).get((long) column * picture.channels() + component) & 0xFF;
        }

        @Override
        public void close() {
            search.close();
            none.close();
            places.forEach(Mat::close);
            outputs.forEach(planes -> planes.forEach(Mat::close));
            inputs.forEach(planes -> planes.forEach(Mat::close));
        }
    }
}
