/**
 * What a state folder may be trusted with. RocksDB and Kafka Streams notice most damage, but only when a store is opened
 * or read, and then a stream thread fails. What nobody notices is a checkpoint with another number, and stores from
 * before deletions that the changelog has forgotten. So a run that stops in an orderly way leaves a {@code Seal}, and the
 * next one deletes the tasks that it does not vouch for ({@link io.kinolift.runtime.state.StateFolder}). Kafka Streams
 * then restores them from their changelogs.
 */
package io.kinolift.runtime.state;
