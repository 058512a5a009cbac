/**
 * Commands. Each class is one command; none does work of its own: it reads options, calls what does the work, and turns
 * results into lines and exit codes.
 *
 * <p>Exit codes: 0 done; 1 started and failed, or a comparison that does not hold; 2 wrong usage or unusable input.
 *
 * <p>Options shared by commands are mixins: {@link io.kinolift.cli.OperatorOptions} (what is done to frames) and
 * {@link io.kinolift.cli.ConnectionOptions} (where Kafka is).
 */
package io.kinolift.cli;
