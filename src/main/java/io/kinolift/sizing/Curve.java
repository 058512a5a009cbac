package io.kinolift.sizing;

import java.util.List;

/**
 * What an instance with one stream thread takes each second, by its load: straight lines between what was measured, and on
 * along the last one. A frame costs less under load, because polls, requests and commits are for several frames then; so
 * one price for all loads would be wrong.
 *
 * @param points by load, the first one without any
 */
public record Curve(List<Point> points) {
    /**
     * A measurement.
     *
     * @param inputs frames per second
     * @param cost cores that are busy, or bytes that are written each second
     */
    public record Point(double inputs, double cost) {}

    /** @throws IllegalArgumentException if loads do not rise from 0, or costs fall */
    public Curve {
        points = List.copyOf(points);
        if (points.size() < 2 || points.getFirst().inputs() != 0) {
            throw new IllegalArgumentException("expected a load of 0 and another one, found " + points);
        }
        for (int i = 1; i < points.size(); i++) {
            if (!(points.get(i).inputs() > points.get(i - 1).inputs())
                    || !(points.get(i).cost() >= points.get(i - 1).cost())
                    || !(points.get(i - 1).cost() >= 0)) {
                throw new IllegalArgumentException("expected rising loads and costs that do not fall, found " + points);
            }
        }
    }

    /** Cost without streams. */
    public double idle() {
        return points.getFirst().cost();
    }

    /** Cost at a load in frames per second. */
    public double at(double inputs) {
        int next = 1;
        while (next < points.size() - 1 && points.get(next).inputs() < inputs) {
            next++;
        }
        Point from = points.get(next - 1);
        return from.cost() + (inputs - from.inputs()) * slope(next);
    }

    /** Cost of one more input frame under the largest load. */
    public double perInput() {
        return slope(points.size() - 1);
    }

    /** The same curve with each cost multiplied. */
    Curve times(double factor) {
        return new Curve(points.stream()
                .map(point -> new Point(point.inputs(), factor * point.cost()))
                .toList());
    }

    private double slope(int to) {
        Point from = points.get(to - 1);
        return (points.get(to).cost() - from.cost()) / (points.get(to).inputs() - from.inputs());
    }
}
