/**
 * The commands, one class each. A command reads options, calls another package to do the work, and turns the results
 * into lines and an exit code.
 *
 * <p>Exit codes: 0 for success; 1 for a failure after the start, or a comparison that does not hold; 2 for wrong usage,
 * unusable input, or a place that cannot be used, such as a full disk; a command that ends so at its start has started
 * nothing.
 *
 * <p>Options that several commands share are mixins: {@link io.kinolift.cli.OperatorOptions} (what is done to frames),
 * {@link io.kinolift.cli.SourceOptions} and {@link io.kinolift.cli.OutputOptions} (how videos are read and written),
 * {@link io.kinolift.cli.AllowOptions} (what they may name), and
 * {@link io.kinolift.cli.ConnectionOptions} (where Kafka is).
 */
package io.kinolift.cli;
