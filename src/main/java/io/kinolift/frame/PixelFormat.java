package io.kinolift.frame;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The layout of a picture's samples in planes, as a table. Names are FFmpeg's. Samples of 8 bits are bytes. Samples of
 * more bits are little-endian shorts, and finer by a power of two.
 */
public enum PixelFormat {
    GRAY8(8, Subsampling.NONE, "Y"),
    YUV420P(8, Subsampling.BOTH, "Y", "U", "V"),
    YUV422P(8, Subsampling.COLUMNS, "Y", "U", "V"),
    YUV444P(8, Subsampling.NONE, "Y", "U", "V"),
    NV12(8, Subsampling.BOTH, "Y", "UV"),
    RGB24(8, Subsampling.NONE, "RGB"),
    BGR24(8, Subsampling.NONE, "BGR"),
    GRAY10(10, Subsampling.NONE, "Y"),
    YUV420P10(10, Subsampling.BOTH, "Y", "U", "V"),
    YUV422P10(10, Subsampling.COLUMNS, "Y", "U", "V"),
    YUV444P10(10, Subsampling.NONE, "Y", "U", "V"),
    GRAY12(12, Subsampling.NONE, "Y"),
    YUV420P12(12, Subsampling.BOTH, "Y", "U", "V"),
    YUV422P12(12, Subsampling.COLUMNS, "Y", "U", "V"),
    YUV444P12(12, Subsampling.NONE, "Y", "U", "V"),
    GRAY16(16, Subsampling.NONE, "Y"),
    YUV420P16(16, Subsampling.BOTH, "Y", "U", "V"),
    YUV422P16(16, Subsampling.COLUMNS, "Y", "U", "V"),
    YUV444P16(16, Subsampling.NONE, "Y", "U", "V"),
    /** NV12 of 10 bits, each in the upper bits of its short. */
    P010(10, 6, Subsampling.BOTH, "Y", "UV"),
    GBRP(8, Subsampling.NONE, "G", "B", "R"),
    GBRP10(10, Subsampling.NONE, "G", "B", "R"),
    GBRP12(12, Subsampling.NONE, "G", "B", "R"),
    GBRP16(16, Subsampling.NONE, "G", "B", "R"),
    RGB48(16, Subsampling.NONE, "RGB"),
    RGBA(8, Subsampling.NONE, "RGBA"),
    BGRA(8, Subsampling.NONE, "BGRA"),
    YUVA420P(8, Subsampling.BOTH, "Y", "U", "V", "A"),
    YUVA444P(8, Subsampling.NONE, "Y", "U", "V", "A"),
    YUVA420P10(10, Subsampling.BOTH, "Y", "U", "V", "A"),
    YUVA444P10(10, Subsampling.NONE, "Y", "U", "V", "A"),
    YUVA420P16(16, Subsampling.BOTH, "Y", "U", "V", "A"),
    YUVA444P16(16, Subsampling.NONE, "Y", "U", "V", "A"),
    YUVA422P(8, Subsampling.COLUMNS, "Y", "U", "V", "A"),
    YUVA422P10(10, Subsampling.COLUMNS, "Y", "U", "V", "A"),
    YUVA422P16(16, Subsampling.COLUMNS, "Y", "U", "V", "A"),
    GBRAP(8, Subsampling.NONE, "G", "B", "R", "A"),
    GBRAP16(16, Subsampling.NONE, "G", "B", "R", "A");

    private final int bitDepth;
    private final int sampleShift;
    private final Subsampling chroma;
    private final List<List<Role>> planes;
    private final int[] components;

    /** The powers of two by which chroma planes have fewer columns and rows than luma. */
    private enum Subsampling {
        NONE(0, 0),
        COLUMNS(1, 0),
        BOTH(1, 1);

        private final int shiftX;
        private final int shiftY;

        Subsampling(int shiftX, int shiftY) {
            this.shiftX = shiftX;
            this.shiftY = shiftY;
        }
    }

    /**
     * The place of a component.
     *
     * @param component its place among the components interleaved in the plane
     */
    public record Place(int plane, int component) {}

    PixelFormat(int bitDepth, Subsampling chroma, String... planes) {
        this(bitDepth, 0, chroma, planes);
    }

    /** @param planes for each plane, the letters of its components in their order */
    PixelFormat(int bitDepth, int sampleShift, Subsampling chroma, String... planes) {
        this.bitDepth = bitDepth;
        this.sampleShift = sampleShift;
        this.chroma = chroma;
        this.planes = Arrays.stream(planes)
                .map(letters -> letters.chars().mapToObj(Role::of).toList())
                .toList();
        components = this.planes.stream().mapToInt(List::size).toArray();
    }

    /** Significant bits of a sample: 8 to 16. */
    public int bitDepth() {
        return bitDepth;
    }

    /** Bits of a short below a sample, all 0. */
    public int sampleShift() {
        return sampleShift;
    }

    public int sampleBytes() {
        return bitDepth > Byte.SIZE ? Short.BYTES : Byte.BYTES;
    }

    /** The largest sample: 255 for 8 bits, 65535 for 16. */
    public int maxSample() {
        return (1 << bitDepth) - 1;
    }

    /** Factor from an 8-bit sample to one of this format: 1, or 256 for 16 bits. */
    public int scaleFrom8Bit() {
        return 1 << (bitDepth - Byte.SIZE);
    }

    /** The same layout with samples of 8 bits. */
    public PixelFormat to8Bit() {
        return Arrays.stream(values())
                .filter(other -> other.bitDepth == Byte.SIZE && other.chroma == chroma && other.planes.equals(planes))
                .findFirst()
                .orElseThrow();
    }

    /** The same layout without alpha; itself if it has none. */
    public PixelFormat opaque() {
        List<List<Role>> rest = planes.stream()
                .map(plane -> plane.stream().filter(role -> role != Role.ALPHA).toList())
                .filter(plane -> !plane.isEmpty())
                .toList();
        return Arrays.stream(values())
                .filter(other -> other.bitDepth == bitDepth && other.chroma == chroma && other.planes.equals(rest))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the other has the same samples, in any order. */
    public boolean hasSamplesOf(PixelFormat other) {
        return bitDepth == other.bitDepth && chroma == other.chroma && roles().equals(other.roles());
    }

    /** The roles of all components. */
    public Set<Role> roles() {
        return planes.stream().flatMap(List::stream).collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    /**
     * The first format of the table that has these components and the least depth of at least {@code depth}.
     *
     * @param columnsPerChroma luma columns per column of chroma
     * @param rowsPerChroma luma rows per row of chroma
     */
    public static Optional<PixelFormat> find(Set<Role> roles, int depth, int columnsPerChroma, int rowsPerChroma) {
        return Arrays.stream(values())
                .filter(format -> format.bitDepth >= depth && format.roles().equals(roles))
                .filter(format ->
                        format.columnsPerChroma() == columnsPerChroma && format.rowsPerChroma() == rowsPerChroma)
                .min(Comparator.comparingInt(PixelFormat::bitDepth));
    }

    public int planeCount() {
        return components.length;
    }

    /** Interleaved components per position of a plane: 3 for RGB, 2 for the second plane of NV12, else 1. */
    public int components(int plane) {
        return components[plane];
    }

    /** The roles of a plane's components, in their order. */
    public List<Role> roles(int plane) {
        return planes.get(plane);
    }

    /** The place of the component with a role; empty if the format has none. */
    public Optional<Place> find(Role role) {
        for (int plane = 0; plane < components.length; plane++) {
            int component = planes.get(plane).indexOf(role);
            if (component >= 0) {
                return Optional.of(new Place(plane, component));
            }
        }
        return Optional.empty();
    }

    /** The place of the component with a role, in a format that has this role. */
    public Place place(Role role) {
        return find(role)
                .orElseThrow(() -> new IllegalArgumentException("expected a format with " + role + ", found " + this));
    }

    public boolean has(Role role) {
        return find(role).isPresent();
    }

    /** Whether a plane holds luma only. Luma is always the first plane. */
    public boolean hasLuma() {
        return has(Role.LUMA);
    }

    public boolean hasChroma() {
        return has(Role.CB);
    }

    /** Whether the format has red, green and blue. */
    public boolean isRgb() {
        return has(Role.RED);
    }

    /** Luma columns per column of chroma. */
    public int columnsPerChroma() {
        return 1 << chroma.shiftX;
    }

    /** Luma rows per row of chroma. */
    public int rowsPerChroma() {
        return 1 << chroma.shiftY;
    }

    /** Positions per row of a plane; chroma rounds up. */
    public int planeWidth(int plane, int width) {
        return isChroma(plane) ? Math.ceilDiv(width, columnsPerChroma()) : width;
    }

    /** Rows of a plane; chroma rounds up. */
    public int planeHeight(int plane, int height) {
        return isChroma(plane) ? Math.ceilDiv(height, rowsPerChroma()) : height;
    }

    private boolean isChroma(int plane) {
        return planes.get(plane).getFirst().isChroma();
    }

    /** Samples in one row of a plane, counting all its components. */
    public int rowSamples(int plane, int width) {
        return planeWidth(plane, width) * components[plane];
    }

    /** Bytes of one row of a plane, without padding. */
    public int rowBytes(int plane, int width) {
        return rowSamples(plane, width) * sampleBytes();
    }

    /** Bytes of all planes, rows without padding. */
    public long pictureBytes(int width, int height) {
        long bytes = 0;
        for (int plane = 0; plane < planeCount(); plane++) {
            bytes += (long) rowBytes(plane, width) * planeHeight(plane, height);
        }
        return bytes;
    }
}
