/**
 * Finds out what became of every frame from the topics only, without asking a running application.
 *
 * <ul>
 *   <li>{@link io.kinolift.audit.DeadLetterBox} lists dead letters, and {@link io.kinolift.audit.DeadLetterReplay} sends
 *       their records again.
 *   <li>{@link io.kinolift.audit.Audit} proves the accounts against the other three topics.
 *   <li>{@link io.kinolift.audit.Placement} finds the partition of a stream that is to be sent, and {@link
 *       io.kinolift.audit.OpenStreams} says how evenly streams lie on partitions.
 * </ul>
 *
 * <p>Everything here reads committed records only, and stops where the topics ended when it began.
 *
 * <p>Imports {@code topology} and {@code transfer}.
 */
package io.kinolift.audit;
