package io.kinolift.bench;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.upscale.BoundOperator;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/** Copies as many bytes as the output has: nothing that writes the output can be much faster. */
final class CopyLimit implements Racer {
    static final String NAME = "copy of the output";
    private static final int OUTPUTS = 4;

    private final Picture source;
    private final List<Picture> targets;

    CopyLimit(Workload workload) {
        BoundOperator bound = workload.task().operator().bind(workload.format(), workload.width(), workload.height());
        AvPictures allocator = new AvPictures();
        targets = Stream.generate(
                        () -> allocator.allocate(bound.outputFormat(), bound.outputWidth(), bound.outputHeight()))
                .limit(OUTPUTS)
                .toList();
        source = allocator.allocate(bound.outputFormat(), bound.outputWidth(), bound.outputHeight());
        source.planes().forEach(plane -> plane.data().fill((byte) 1));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int outputs() {
        return OUTPUTS;
    }

    @Override
    public void round() {
        for (Picture target : targets) {
            for (int plane = 0; plane < target.planes().size(); plane++) {
                Plane from = source.plane(plane);
                MemorySegment.copy(
                        from.data(),
                        0,
                        target.plane(plane).data(),
                        0,
                        from.data().byteSize());
            }
        }
    }

    @Override
    public void close() {
        source.close();
        targets.forEach(Picture::close);
    }
}
