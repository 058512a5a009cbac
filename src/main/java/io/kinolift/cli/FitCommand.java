package io.kinolift.cli;

import io.kinolift.codec.VideoException;
import io.kinolift.fit.FittedWeights;
import io.kinolift.fit.Fitting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns weights from footage. */
@Command(name = "fit", mixinStandardHelpOptions = true,
        description = "Learns ConvTranspose3d weights from footage: makes it smaller, and finds the kernel that gives"
                + " it back with the least error.")
final class FitCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OUT.safetensors", description = "weights to write")
    private Path output;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CLIP",
            description = "videos, or folders whose videos are taken")
    private List<Path> sources;

    @Mixin
    private DegradationOptions options = new DegradationOptions();

    @Option(names = "--resume", description = "go on with an interrupted fit, from OUT.safetensors.partial")
    private boolean resume;

    @Option(names = "--overwrite", description = "replace OUT if it is there")
    private boolean overwrite;

    @Override
    public Integer call() throws VideoException, IOException, InterruptedException {
        if (Files.exists(output) && !overwrite) {
            throw new UsageException(output + " is there; --overwrite replaces it");
        }
        List<Path> clips = Clips.find(sources);
        Path partial = output.resolveSibling(output.getFileName() + ".partial");
        try (FitProgress progress = new FitProgress()) {
            FittedWeights fitted = new Fitting(options.settings(), progress).run(clips, partial, resume);
            fitted.weights().save(output, "", fitted.metadata());
            Files.deleteIfExists(partial);
            System.out.printf(Locale.ROOT,
                    "%s: from %d clips, ridge %s, on held-out frames %.2f dB (bilinear %.2f dB)%n",
                    output, clips.size(), fitted.ridge(), fitted.heldOutPsnr(), fitted.bilinearPsnr());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return 0;
    }
}
