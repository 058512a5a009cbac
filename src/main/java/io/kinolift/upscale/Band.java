package io.kinolift.upscale;

import io.kinolift.frame.Picture;

/** Rows [{@code from}, {@code to}) of a plane. */
public record Band(int from, int to) {
    public static final Band NONE = new Band(0, 0);

    /**
     * The rows of an output's plane that {@link BoundOperator#upscale} makes: the rows nearest to one share of the
     * inputs.
     */
    public static Band of(int plane, InputFrames inputs, Picture out, int band, int bands) {
        return of(plane, inputs.at(inputs.first()), out, band, bands);
    }

    /** The same for an output that is made from pictures of one size. */
    public static Band of(int plane, Picture in, Picture out, int band, int bands) {
        int height = in.plane(plane).height();
        return new Band(
                firstRow(height, out.plane(plane).height(), band, bands),
                firstRow(height, out.plane(plane).height(), band + 1, bands));
    }

    public boolean holds(long row) {
        return row >= from && row < to;
    }

    public boolean isEmpty() {
        return from >= to;
    }

    /**
     * The first of the outputs whose nearest input, or the later of two, is in the band; sample centres are at
     * half-pixels on both axes.
     */
    private static int firstRow(int inputs, int outputs, int band, int bands) {
        return Math.toIntExact(Math.ceilDiv(2L * outputs * share(inputs, band, bands) - inputs, 2L * inputs));
    }

    /** The start of a band's share in anything that is divided into bands; the next band's start is its end. */
    public static int share(int count, int band, int bands) {
        return Math.toIntExact((long) count * band / bands);
    }
}
