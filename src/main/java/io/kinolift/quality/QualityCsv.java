package io.kinolift.quality;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes one line per frame: its index, then PSNR in dB, SSIM, GMSD and ringing of every component and of all together.
 * Equal frames have a PSNR of {@code inf}; a plane too small for SSIM has {@code nan}.
 */
public final class QualityCsv implements AutoCloseable {
    private final Writer out;
    private long frames;

    private QualityCsv(Writer out) {
        this.out = out;
    }

    /**
     * Creates the file and writes its header line.
     *
     * @param file is replaced
     */
    public static QualityCsv create(Path file) throws IOException {
        return new QualityCsv(Files.newBufferedWriter(file));
    }

    public void add(FrameQuality frame) throws IOException {
        if (frames == 0) {
            StringBuilder header = new StringBuilder("frame");
            frame.components().forEach(c -> header.append(columns(c.name().toLowerCase(Locale.ROOT))));
            out.write(header.append(columns("all")).append('\n').toString());
        }
        StringBuilder line = new StringBuilder(Long.toString(frames++));
        frame.components().forEach(c -> line.append(figures(c.quality())));
        out.write(line.append(figures(frame.all())).append('\n').toString());
    }

    private static String columns(String name) {
        return ",psnr_" + name + ",ssim_" + name + ",gmsd_" + name + ",ringing_" + name;
    }

    private static String figures(PlaneQuality quality) {
        return "," + number(quality.psnr(), 4) + "," + number(quality.ssim(), 6) + "," + number(quality.gmsd(), 6) + ","
                + number(quality.ringing(), 4);
    }

    private static String number(double value, int digits) {
        if (Double.isFinite(value)) {
            return String.format(Locale.ROOT, "%." + digits + "f", value);
        }
        return Double.isNaN(value) ? "nan" : "inf";
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
