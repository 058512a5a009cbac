package io.kinolift.sizing;

import java.util.List;

/**
 * Cores of an instance with one stream thread by its load: straight lines between what was measured, and on along the last
 * one. A frame costs less under load, because polls, requests and commits are for several frames then; so one price for
 * all loads would be wrong.
 *
 * @param points by load, the first one without any
 */
public record Curve(List<Point> points) {
    /**
     * A measurement.
     *
     * @param inputs frames per second
     * @param cores that are busy
     */
    public record Point(double inputs, double cores) {}

    /** @throws IllegalArgumentException if loads do not rise from 0, or cores fall */
    public Curve {
        points = List.copyOf(points);
        if (points.size() < 2 || points.getFirst().inputs() != 0) {
            throw new IllegalArgumentException("expected a load of 0 and another one, found " + points);
        }
        for (int i = 1; i < points.size(); i++) {
            if (!(points.get(i).inputs() > points.get(i - 1).inputs())
                    || !(points.get(i).cores() >= points.get(i - 1).cores())
                    || !(points.get(i - 1).cores() >= 0)) {
                throw new IllegalArgumentException("expected rising loads and cores that do not fall, found " + points);
            }
        }
    }

    /** Cores without streams. */
    public double idle() {
        return points.getFirst().cores();
    }

    /** Cores at a load in frames per second. */
    public double at(double inputs) {
        int next = 1;
        while (next < points.size() - 1 && points.get(next).inputs() < inputs) {
            next++;
        }
        Point from = points.get(next - 1);
        return from.cores() + (inputs - from.inputs()) * slope(next);
    }

    /** Core seconds of one more input frame under load. */
    public double secondsPerInput() {
        return slope(points.size() - 1);
    }

    private double slope(int to) {
        Point from = points.get(to - 1);
        return (points.get(to).cores() - from.cores()) / (points.get(to).inputs() - from.inputs());
    }
}
