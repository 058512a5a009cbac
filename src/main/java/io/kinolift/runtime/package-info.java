/**
 * The application as a running thing, and what it runs against.
 *
 * <ul>
 *   <li>{@link io.kinolift.runtime.EmbeddedBroker} is a real Kafka in this process, for {@code upscale} and the tests.
 *       Its folder is gone when the broker is closed or the process interrupted; what a killed process left is removed
 *       by the next start.
 *   <li>{@link io.kinolift.runtime.Topics} creates and checks the topics with the sizes that frames need.
 * </ul>
 */
package io.kinolift.runtime;
