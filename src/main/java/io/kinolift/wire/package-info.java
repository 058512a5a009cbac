/**
 * Records and their bytes: the only package between our values and Avro's classes, as far as engine and topology are
 * concerned.
 *
 * <ul>
 *   <li>{@link io.kinolift.wire.Wire} writes Avro's single-object encoding and reads that and the Confluent layout, also
 *       with schemas that were published earlier. {@link io.kinolift.wire.RecordType} gives a topic the layout it needs.
 *   <li>{@link io.kinolift.wire.FrameRecords} turns frames into records and back and checks every field.
 *   <li>{@code wire.input} reads input records of every format, {@code wire.output} writes output records.
 *   <li>{@link io.kinolift.wire.DeadLetters} writes a {@link io.kinolift.wire.Rejection} so that it fits its topic;
 *       {@link io.kinolift.wire.AccountRecord} is the account of a session.
 *   <li>{@link io.kinolift.wire.RecordSizes} says how large a record is on its topic, before it is sent.
 * </ul>
 *
 * <p>Bytes that are not a record of ours are a {@link io.kinolift.wire.MalformedRecordException}; its message becomes
 * the detail of a dead letter. A payload is never copied when it is read: it stays where it is in the record. Writing
 * copies it once, into its record ({@link io.kinolift.wire.WrittenFrame}).
 */
package io.kinolift.wire;
