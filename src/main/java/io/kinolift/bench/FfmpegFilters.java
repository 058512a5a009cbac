package io.kinolift.bench;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.FilterGraph;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.interpolate.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** FFmpeg's filters for blending in time, following motion, and scaling in space. None of them is the same operator to the bit. */
final class FfmpegFilters implements Racer {
    private static final Rational RATE = Rational.of(30);
    private static final int OUTPUTS = 4;

    private final String name;
    private final List<Picture> inputs;
    private final FilterGraph graph;
    /** Pictures that come out for each that counts: inputs that are passed on take no time to speak of. */
    private final int outOfEach;

    private long sent;

    private FfmpegFilters(String name, String filters, Workload workload) throws VideoException {
        this.name = name;
        outOfEach = workload.task() instanceof Workload.FollowingMotion ? Workload.FollowingMotion.FACTOR : 1;
        graph = FilterGraph.open(filters, workload.format(), workload.width(), workload.height(), RATE, 1);
        inputs = TestInputs.of(workload, new AvPictures());
    }

    /** Every chain that does the workload; the race finds the fastest. */
    static List<Racer> enter(Workload workload) {
        List<Racer> contenders = new ArrayList<>();
        if (workload.task() instanceof Workload.Interpolating(var settings)) {
            String size = settings.spatial().outputWidth(workload.width()) + ":"
                    + settings.spatial().outputHeight(workload.height());
            List<String> filters = settings.mode() == Mode.BICUBIC
                    ? List.of(":flags=bicubic:param0=0:param1=0.75", ":filter=bicubic:param_a=0:param_b=0.75")
                    : List.of(":flags=bilinear", ":filter=bilinear");
            for (String scale : List.of("scale=" + size + filters.getFirst(), "zscale=" + size + filters.getLast())) {
                if (settings.temporalFactor().equals(Rational.ONE)) {
                    enter(scale, workload).ifPresent(contenders::add);
                    continue;
                }
                Rational rate = RATE.multiply(settings.temporalFactor());
                for (String blend : List.of(
                        "framerate=fps=" + rate + ":interp_start=0:interp_end=255:scene=100",
                        "minterpolate=fps=" + rate + ":mi_mode=blend:scd=none")) {
                    enter(blend + "," + scale, workload).ifPresent(contenders::add);
                }
            }
        }
        if (workload.task() instanceof Workload.Sharpening(var _, int factor)) {
            String size = factor * workload.width() + ":" + factor * workload.height();
            for (String kernel :
                    List.of("scale=%s:flags=lanczos", "zscale=%s:filter=lanczos", "zscale=%s:filter=spline36")) {
                String name =
                        kernel.substring(0, kernel.indexOf('=')) + " " + kernel.substring(kernel.lastIndexOf('=') + 1);
                enter(name, kernel.formatted(size), workload).ifPresent(contenders::add);
            }
        }
        if (workload.task() instanceof Workload.FollowingMotion) {
            enter(
                            "minterpolate=fps=" + RATE.multiply(Rational.of(Workload.FollowingMotion.FACTOR))
                                    + ":mi_mode=mci:scd=none",
                            workload)
                    .ifPresent(contenders::add);
        }
        return contenders;
    }

    private static Optional<Racer> enter(String filters, Workload workload) {
        return enter(filters.replaceAll("=[^,]*", "").replace(',', '+'), filters, workload);
    }

    private static Optional<Racer> enter(String name, String filters, Workload workload) {
        try {
            return Optional.of(new FfmpegFilters("FFmpeg " + name, filters, workload));
        } catch (VideoException e) {
            // A build without this filter.
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int outputs() {
        return OUTPUTS / outOfEach;
    }

    @Override
    public void round() {
        try {
            for (int made = 0; made < OUTPUTS; ) {
                if (graph.receive()) {
                    made++;
                } else {
                    graph.send(inputs.get((int) (sent % inputs.size())), sent++);
                }
            }
        } catch (VideoException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        graph.close();
        inputs.forEach(Picture::close);
    }
}
