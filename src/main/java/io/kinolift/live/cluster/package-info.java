/**
 * The streams and instances of the whole application, for the page of each instance.
 *
 * <p>Two sources, and no conversation between instances: the accounts topic says which streams there are, with their
 * exact counts, and the consumer group says who works on which partition. The address of another instance's page is what
 * it says of itself in Kafka Streams' {@code application.server}; without it, there is a name and a host, but no link.
 *
 * <p>{@link io.kinolift.live.cluster.ClusterReader} reads both in a thread of its own, with a consumer of its own that is
 * in no group. It begins at the first look, and ends when nobody has looked for ten seconds. So a page that nobody sees
 * costs nothing, and the stream threads never wait for it. What it keeps is bounded: {@link
 * io.kinolift.live.cluster.AccountTable} has one account for each stream, and forgets those whose frames are oldest.
 */
package io.kinolift.live.cluster;
