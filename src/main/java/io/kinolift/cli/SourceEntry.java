package io.kinolift.cli;

/** A source and what is said of it. */
record SourceEntry(String name, IngestOptions options) {
    /** Finds what makes no sense before anything is opened. */
    void require() {
        if (options.streamId == null || options.streamId.isEmpty()) {
            throw new UsageException("expected --stream ID, found none");
        }
        if (options.partition != null && options.partition < 0) {
            throw new UsageException(
                    "expected the number of a partition, from 0, found --partition " + options.partition);
        }
        options.source.source(name);
        options.playback.playback();
        options.sound.choice();
        options.encoding();
    }
}
