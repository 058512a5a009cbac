/**
 * Topics and rights. {@link io.kinolift.runtime.topics.Topics} creates the four topics with the sizes that frames need,
 * and checks existing ones. {@link io.kinolift.runtime.topics.Rights} names the right that is missing when a broker
 * refuses a request.
 */
package io.kinolift.runtime.topics;
