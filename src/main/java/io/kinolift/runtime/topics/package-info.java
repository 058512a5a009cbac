/**
 * Topics and rights. {@link io.kinolift.runtime.topics.Topics} creates the four topics with the sizes that frames need,
 * and checks existing ones. {@link io.kinolift.runtime.topics.Rights} names the right that is missing when a broker
 * refuses a request. {@link io.kinolift.runtime.topics.PartitionPlan} gives topics the same number of partitions,
 * {@link io.kinolift.runtime.topics.TopicFaults} finds and mends what keeps a running application from its work, and
 * {@link io.kinolift.runtime.topics.UnreadInput} tells what was deleted before it was read, and {@link
 * io.kinolift.runtime.topics.RemadeInput} which partitions belong to topics that were made again. {@link
 * io.kinolift.runtime.topics.Backlog} is what waits to be read. {@link
 * io.kinolift.runtime.topics.Traces} is what an application leaves, and removes it. {@link
 * io.kinolift.runtime.topics.SpreadTopics} keeps the two topics between instances that share the windows of a stream.
 */
package io.kinolift.runtime.topics;
