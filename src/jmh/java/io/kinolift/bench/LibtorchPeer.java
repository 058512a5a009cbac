package io.kinolift.bench;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch on tensors of float32, one per plane, of two frames. What comes before and behind in a pipeline, from bytes
 * to floats and back, is not counted against it.
 *
 * <p>With oneDNN, as it comes; on some processors (an AMD EPYC of family 26) that makes transposed convolutions of zeros
 * or noise, so these have another way, without.
 */
public final class LibtorchPeer implements Peer {
    private static final int FRAMES = 2;

    @Override
    public List<Supplier<Racer>> enter(Workload workload) {
        if (workload.task() instanceof Workload.Interpolating(Interpolation settings)
                && (settings.mode() == Mode.NEAREST
                        || settings.alignCorners()
                        || (settings.mode() == Mode.BICUBIC && hasInterleaved(workload.format())))) {
            return List.of();
        }
        if (workload.task() instanceof Workload.Convolving(TransposedConvolution settings)
                && (workload.format().planeCount() != 1
                        || settings.weights().inChannels() != workload.format().components(0))) {
            return List.of();
        }
        if (!workload.task().isExact()) {
            return List.of();
        }
        try {
            torch.set_num_threads(1);
        } catch (LinkageError e) {
            return List.of();
        }
        // Of these, only convolutions use oneDNN.
        return workload.task() instanceof Workload.Convolving
                ? List.of(() -> new Libtorch(workload, true), () -> new Libtorch(workload, false))
                : List.of(() -> new Libtorch(workload, true));
    }

    private static boolean hasInterleaved(PixelFormat format) {
        return IntStream.range(0, format.planeCount()).anyMatch(plane -> format.components(plane) > 1);
    }

    private static final class Libtorch implements Racer {
        private final Workload workload;
        private final boolean oneDnn;
        private final BoundOperator bound;
        private final List<Tensor> planes = new ArrayList<>();
        private final Tensor weight;
        private final int frames;
        private final List<Tensor> results = new ArrayList<>();

        Libtorch(Workload workload, boolean oneDnn) {
            this.workload = workload;
            this.oneDnn = oneDnn;
            bound = workload.task().operator().bind(workload.format(), workload.width(), workload.height());
            List<Picture> inputs = TestInputs.of(workload, new AvPictures());
            for (int plane = 0; plane < workload.format().planeCount(); plane++) {
                planes.add(tensor(inputs, plane));
            }
            inputs.forEach(Picture::close);
            weight = workload.task() instanceof Workload.Convolving(TransposedConvolution settings)
                    ? weight(settings)
                    : null;
            frames = Math.toIntExact(workload.task().operator().timeGrid().outputCount(FRAMES));
        }

        private static Tensor weight(TransposedConvolution settings) {
            int[] kernel = settings.weights().kernel();
            return Tensor.create(settings.weights().values(), new long[] {
                settings.weights().inChannels(), settings.weights().outPerGroup(), kernel[0], kernel[1], kernel[2]
            });
        }

        private static Tensor tensor(List<Picture> inputs, int number) {
            Plane like = inputs.getFirst().plane(number);
            int channels = like.components();
            int size = like.height() * like.width();
            float[] values = new float[channels * FRAMES * size];
            for (int frame = 0; frame < FRAMES; frame++) {
                Plane plane = inputs.get(frame).plane(number);
                for (int i = 0; i < size * channels; i++) {
                    int position = i / channels;
                    values[(i % channels * FRAMES + frame) * size + position] =
                            plane.sample(position % like.width() * channels + i % channels, position / like.width());
                }
            }
            return Tensor.create(values, new long[] {1, channels, FRAMES, like.height(), like.width()});
        }

        @Override
        public String name() {
            return oneDnn ? "libtorch" : "libtorch without oneDNN";
        }

        @Override
        public int outputs() {
            return frames;
        }

        @Override
        public void round() {
            // The switch is the process's: others find it as they left it.
            Context context = torch.globalContext();
            boolean before = context.userEnabledMkldnn();
            context.setUserEnabledMkldnn(oneDnn);
            try {
                make();
            } finally {
                context.setUserEnabledMkldnn(before);
            }
        }

        private void make() {
            free(results);
            for (int plane = 0; plane < planes.size(); plane++) {
                results.add(
                        switch (workload.task()) {
                            case Workload.Interpolating(Interpolation settings) -> interpolated(settings.mode(), plane);
                            case Workload.Convolving(TransposedConvolution settings) ->
                                torch.conv_transpose3d(
                                        planes.get(plane),
                                        weight,
                                        new TensorOptional(),
                                        longs(settings.stride()),
                                        longs(settings.padding()),
                                        longs(settings.outputPadding()),
                                        settings.groups(),
                                        longs(settings.dilation()));
                            case Workload.FollowingMotion _, Workload.Sharpening _ ->
                                throw new IllegalStateException("expected mathematics of libtorch, found " + workload);
                        });
            }
        }

        private Tensor interpolated(Mode mode, int plane) {
            Tensor input = planes.get(plane);
            long height = workload.format().planeHeight(plane, bound.outputHeight());
            long width = workload.format().planeWidth(plane, bound.outputWidth());
            if (mode != Mode.BICUBIC) {
                return torch.upsample_trilinear3d(input, new long[] {frames, height, width}, false);
            }
            // There is no cubic operator of three dimensions: frames in between first, then each by itself.
            try (PointerScope scope = new PointerScope()) {
                long[] shape = input.shape();
                Tensor inTime = frames == FRAMES
                        ? input
                        : torch.upsample_trilinear3d(input, new long[] {frames, shape[3], shape[4]}, false);
                Tensor enlarged = torch.upsample_bicubic2d(
                        inTime.view(frames, 1, shape[3], shape[4]), new long[] {height, width}, false);
                return enlarged.view(1, 1, frames, height, width).retainReference();
            }
        }

        private static long[] longs(int[] values) {
            long[] result = new long[values.length];
            for (int i = 0; i < values.length; i++) {
                result[i] = values[i];
            }
            return result;
        }

        @Override
        public boolean makes(long output) {
            // A third frame would be the end of the clip here, and is one of many elsewhere.
            return workload.task().operator().timeGrid().lastTap(output) < FRAMES;
        }

        @Override
        public double sample(long output, int plane, int row, int column, int component) {
            Tensor result = results.get(plane);
            long[] shape = result.shape();
            long at = ((component * shape[2] + output) * shape[3] + row) * shape[4] + column;
            return new FloatPointer(result.data_ptr()).get(at);
        }

        @Override
        public void close() {
            free(results);
            free(planes);
            if (weight != null) {
                weight.close();
            }
        }

        private static void free(List<Tensor> tensors) {
            tensors.forEach(Tensor::close);
            tensors.clear();
        }
    }
}
