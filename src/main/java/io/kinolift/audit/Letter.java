package io.kinolift.audit;

import io.kinolift.avro.DeadLetter;
import io.kinolift.wire.StreamIds;

/**
 * A dead letter and its place.
 *
 * @param partition of the dead-letter topic
 * @param offset in that partition
 */
public record Letter(int partition, long offset, DeadLetter content) {
    /** One line: its place, its frame, its reason, and where the record was read. */
    @Override
    public String toString() {
        return partition + "@" + offset + " " + content.getReason() + " " + frame() + " " + content.getPayloadBytes()
                + " bytes" + (content.getPayload() == null ? " (left out)" : "") + " from " + source() + ": "
                + content.getDetail().lines().findFirst().orElse("");
    }

    private String frame() {
        String stream = "stream \"" + content.getStreamId() + "\"";
        return content.getSequence() == null
                ? stream
                : stream + " session " + content.getSession() + " frame " + content.getSequence() + " pts "
                        + content.getPts() + " " + content.getCodec();
    }

    String source() {
        return content.getSourceTopic() + "-" + content.getSourcePartition() + "@" + content.getSourceOffset();
    }

    /** Why it cannot be sent again, or null when it can. */
    String obstacle() {
        if (content.getPayload() == null) {
            return "its payload was left out; the record is at " + source() + " while the topic keeps it";
        }
        if (StreamIds.isShortened(content.getStreamId())) {
            return "its record key was too long to be kept; the record is at " + source();
        }
        return null;
    }
}
