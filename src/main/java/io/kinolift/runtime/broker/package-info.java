/**
 * A real Kafka broker in this process, for {@code upscale}, {@code broker} and the tests.
 *
 * <ul>
 *   <li>{@link io.kinolift.runtime.broker.EmbeddedBroker} starts and stops it: one combined KRaft node on the loopback
 *       interface.
 *   <li>{@link io.kinolift.runtime.broker.BrokerSettings} says with what: the largest batch, the folder, the port.
 *   <li>{@code BrokerConfig} turns that into Kafka's own settings.
 *   <li>{@link io.kinolift.runtime.broker.BrokerFolder} is the temporary data folder. It is deleted when the broker is
 *       closed or the process interrupted; the next start deletes what a killed process left.
 * </ul>
 */
package io.kinolift.runtime.broker;
