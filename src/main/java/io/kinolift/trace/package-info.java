/**
 * One telemetry for the whole application: {@link io.kinolift.trace.Telemetry}.
 *
 * <ul>
 *   <li>{@link io.kinolift.trace.Telemetry#time} does a piece of work as a {@link io.kinolift.trace.Stage}. It adds the
 *       time to the clock of that stage, and opens a span while spans are on. Nobody else looks at a clock.
 *   <li>{@link io.kinolift.trace.Tracing} lists the spans and their attributes. Spans follow a frame through record
 *       headers, store rows, windows and dead letters as text. If tracing is off, none of these contain it.
 *   <li>A {@link io.kinolift.trace.Probe} is called for every event as it happens. {@code metrics} counts the events,
 *       and the live page shows them.
 * </ul>
 *
 * <p>Knows frames and windows, but neither Kafka nor the topology: the type of a probe's events is a parameter, and
 * {@code topology} turns record headers into text and back.
 */
package io.kinolift.trace;
