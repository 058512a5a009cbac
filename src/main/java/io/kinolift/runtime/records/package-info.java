/**
 * Single records of the frames topic. {@link io.kinolift.runtime.records.FramePlace} is the place of one,
 * {@link io.kinolift.runtime.records.RecordReader} fetches it, and {@link io.kinolift.runtime.records.RecordReplay} sends
 * it once more.
 */
package io.kinolift.runtime.records;
