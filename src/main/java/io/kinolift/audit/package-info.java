/**
 * What became of every frame, read from the topics alone; no running application is asked.
 *
 * <ul>
 *   <li>{@link io.kinolift.audit.DeadLetterBox} lists dead letters and sends them again.
 *   <li>{@link io.kinolift.audit.Audit} proves the accounts against the other three topics.
 * </ul>
 *
 * <p>Everything here reads committed records only, up to where the topics end when it is asked.
 *
 * <p>Imports {@code topology} and {@code transfer}.
 */
package io.kinolift.audit;
