/**
 * The other members of the consumer group, as a start finds them and as long as the application runs.
 *
 * <p>Each stream thread is a member. A member that has died, or stopped and kept its membership for the next start, stays in
 * the group until its session is over ({@code session.timeout.ms}); {@code LiveMembers} tells it from one that works.
 *
 * <ul>
 *   <li>{@link io.kinolift.runtime.group.SameName} refuses a start under the id of an instance that runs.
 *   <li>{@link io.kinolift.runtime.group.OtherSettings} refuses a start beside instances that share windows in another way
 *       ({@code kinolift.parallelism}), and says which instances make other pictures than this one. They know each other by
 *       {@link io.kinolift.runtime.group.SettingsMark}, which is at the end of their client ids.
 *   <li>{@link io.kinolift.runtime.group.GroupExit} takes memberships of this instance out of the group.
 * </ul>
 */
package io.kinolift.runtime.group;
