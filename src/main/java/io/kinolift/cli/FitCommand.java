package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.fit.FitSettings;
import io.kinolift.fit.FittedBank;
import io.kinolift.fit.FittedWeights;
import io.kinolift.fit.Fitting;
import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.ShippedWeights;
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
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        footer = {"  kinolift fit weights.safetensors clips --scale-factor 1,2,2"},
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Learns ConvTranspose3d weights from footage.",
            "Learns ConvTranspose3d weights from footage: makes it smaller, and finds the kernel that gives it back with the least error."
        })
final class FitCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OUT", description = "weights to write, as safetensors")
    private Path output;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CLIP",
            description = "videos, or folders whose videos are taken")
    private List<Path> sources;

    @Mixin
    private DegradationOptions options = new DegradationOptions();

    @Option(
            names = "--adaptive",
            description = "learn a kernel for each of 145 kinds of detail, rather than one for all; factor 1,2,2 alone")
    private boolean adaptive;

    @Option(names = "--resume", description = "go on with an interrupted fit, from OUT.safetensors.partial")
    private boolean resume;

    @Option(
            names = "--shipped",
            description = "make all the weights that come with Kinolift, in folder OUT, whatever the factors here")
    private boolean shipped;

    @Option(names = "--overwrite", description = "replace OUT if it is there")
    private boolean overwrite;

    @Override
    public Integer call() throws VideoException, IOException, InterruptedException {
        List<Path> clips = Clips.find(sources);
        try {
            if (shipped) {
                for (ShippedWeights weights : ShippedWeights.values()) {
                    fit(output.resolve(weights.fileName()), options.settings(weights), clips);
                }
                fitAdaptive(
                        output.resolve(AdaptiveWeights.SHIPPED_FILE), options.settings(ShippedWeights.SPACE_2), clips);
            } else if (adaptive) {
                fitAdaptive(output, options.settings(), clips);
            } else {
                fit(output, options.settings(), clips);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return 0;
    }

    private void fit(Path file, FitSettings settings, List<Path> clips)
            throws VideoException, IOException, InterruptedException {
        LateFiles.requirePlaces(file);
        requireRoom(file);
        Path partial = partial(file);
        try (FitProgress progress = new FitProgress()) {
            FittedWeights fitted = new Fitting(settings, progress).run(clips, partial, resume);
            fitted.weights().save(file, "", fitted.metadata());
            Files.deleteIfExists(partial);
            report(file, clips, "ridge " + fitted.ridge(), fitted.heldOutPsnr(), fitted.bilinearPsnr());
        }
    }

    private void fitAdaptive(Path file, FitSettings settings, List<Path> clips)
            throws VideoException, IOException, InterruptedException {
        LateFiles.requirePlaces(file);
        requireRoom(file);
        Path partial = partial(file);
        try (FitProgress progress = new FitProgress()) {
            FittedBank fitted = new Fitting(settings, progress).runAdaptive(clips, partial, resume);
            fitted.weights().save(file);
            Files.deleteIfExists(partial);
            report(file, clips, "adaptive", fitted.heldOutPsnr(), fitted.bilinearPsnr());
        }
    }

    private static Path partial(Path file) {
        return file.resolveSibling(file.getFileName() + ".partial");
    }

    private void requireRoom(Path file) {
        if (Files.exists(file) && !overwrite) {
            throw new UsageException(file + " is there; --overwrite replaces it");
        }
    }

    private static void report(Path file, List<Path> clips, String how, double psnr, double bilinear) {
        System.out.printf(
                Locale.ROOT,
                "%s: from %d clips, %s, on held-out frames %.2f dB (bilinear %.2f dB)%n",
                file,
                clips.size(),
                how,
                psnr,
                bilinear);
    }
}
