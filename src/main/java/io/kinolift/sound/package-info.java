/**
 * Sound through Kafka: from a source to a topic of its own, and from there into files and to those who watch.
 *
 * <ul>
 *   <li>{@link io.kinolift.sound.SoundSender} sends the packets of a source, unchanged, beside its frames: with
 *       their key, their session and their clock.
 *   <li>{@link io.kinolift.sound.SoundFeed} reads them again for a file that is being written. It takes what has
 *       arrived and does not hold up pictures: only what the topic had when it was asked is waited for.
 *   <li>{@link io.kinolift.sound.SoundAhead} reads them for those who watch, from any time on and as far ahead as there is
 *       room.
 *   <li>{@link io.kinolift.sound.SoundRecords} is the record.
 * </ul>
 *
 * <p>A track's configuration is in its first record, which has no payload if it is known before the first packet, and again
 * every second: a reader may begin anywhere.
 */
package io.kinolift.sound;
