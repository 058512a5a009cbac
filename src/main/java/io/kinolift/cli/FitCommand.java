package io.kinolift.cli;

import io.kinolift.codec.Rescaler;
import io.kinolift.codec.VideoException;
import io.kinolift.fit.Degradation;
import io.kinolift.fit.FitSettings;
import io.kinolift.fit.FittedWeights;
import io.kinolift.fit.Fitting;
import io.kinolift.fit.PhaseGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns weights from footage. */
@Command(name = "fit", mixinStandardHelpOptions = true,
        description = "Learns ConvTranspose3d weights from footage: makes it smaller, and finds the kernel that gives it"
                + " back with the least error.")
final class FitCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OUT.safetensors", description = "weights to write")
    private Path output;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CLIP",
            description = "videos, or folders whose videos are taken")
    private List<Path> sources;

    @Option(names = "--factor", paramLabel = "N", description = "output over input in height and width (default 2)")
    private int factor = 2;

    @Option(names = "--kernel", paramLabel = "N",
            description = "taps in height and width, of the factor's parity (default: six times the factor)")
    private Integer kernel;

    @Option(names = "--degradation", paramLabel = "FILTER", description = "area (default) or bicubic: how footage is made"
            + " smaller, by FFmpeg's scaler")
    private Rescaler.Filter filter = Rescaler.Filter.AREA;

    @Option(names = "--jpeg-quality", paramLabel = "Q",
            description = "JPEG between at FFmpeg's qscale 1 to 31, as the real input has it (default: none)")
    private int jpegQuality;

    @Option(names = "--every", paramLabel = "N", description = "use every N-th frame (default 1)")
    private int every = 1;

    @Option(names = "--threads", paramLabel = "N", description = "threads; 0 (default) is one per core")
    private int threads;

    @Option(names = "--resume", description = "go on with an interrupted fit")
    private boolean resume;

    @Option(names = "--overwrite", description = "replace OUT if it is there")
    private boolean overwrite;

    @Override
    public Integer call() throws VideoException, IOException, InterruptedException {
        if (Files.exists(output) && !overwrite) {
            throw new UsageException(output + " is there; --overwrite replaces it");
        }
        List<Path> clips = Footage.clips(sources);
        Path partial = output.resolveSibling(output.getFileName() + ".partial");
        try (FitProgress progress = new FitProgress()) {
            FittedWeights fitted = new Fitting(settings(), progress).run(clips, partial, resume);
            fitted.weights().save(output, "", fitted.metadata());
            Files.deleteIfExists(partial);
            System.out.printf(Locale.ROOT, "%s: from %d clips, ridge %s, on held-out frames %.2f dB (bilinear %.2f dB)%n",
                    output, clips.size(), fitted.ridge(), fitted.heldOutPsnr(), fitted.bilinearPsnr());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return 0;
    }

    private FitSettings settings() {
        if (filter != Rescaler.Filter.AREA && filter != Rescaler.Filter.BICUBIC) {
            throw new UsageException("expected --degradation area or bicubic, found " + filter);
        }
        PhaseGrid grid = kernel == null ? PhaseGrid.usual(factor) : new PhaseGrid(factor, kernel);
        int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        return new FitSettings(new Degradation(filter, factor, jpegQuality), grid, every, count);
    }
}
