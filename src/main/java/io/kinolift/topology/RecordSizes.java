package io.kinolift.topology;

/** What a record costs on its topic besides its key and value. */
final class RecordSizes {
    /** A batch of one record: the batch header of 61 bytes, the record's own lengths and trace headers, rounded up. */
    static final int OVERHEAD = 512;

    private RecordSizes() {}
}
