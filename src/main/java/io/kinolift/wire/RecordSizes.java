package io.kinolift.wire;

/** The size of a record on its topic, with all that is added to its key and value. */
public final class RecordSizes {
    /** A batch of one record: the batch header of 61 bytes, the record's own lengths and trace headers, rounded up. */
    static final int OVERHEAD = 512;

    /** The fields of a frame without its stream id and payload: numbers of ten bytes at most. */
    private static final int FRAME_FIELDS = 256;

    private RecordSizes() {}

    /** The most that a record with the stream id as its key counts towards its topic's limit. */
    public static int batchBytes(byte[] record, String streamId) {
        return record.length + overhead(streamId);
    }

    /** What a record with the stream id as its key counts besides its value. */
    public static int overhead(String streamId) {
        return 3 * streamId.length() + OVERHEAD;
    }

    /** How large a payload may be for its frame's record to fit, key included. */
    public static int payloadRoom(int maxRecordBytes, String streamId) {
        return maxRecordBytes - OVERHEAD - FRAME_FIELDS - 6 * streamId.length();
    }
}
