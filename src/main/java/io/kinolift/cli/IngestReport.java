package io.kinolift.cli;

import io.kinolift.transfer.ingest.SourceIngest;
import java.util.ArrayList;
import java.util.List;

/** What became of a source, in lines. */
final class IngestReport {
    private IngestReport() {}

    static List<String> lines(SourceIngest ingest, SourceIngest.Outcome outcome, boolean signalled) {
        List<String> lines = new ArrayList<>();
        lines.add(ingest.source() + ": " + outcome.frames() + " frames sent to " + ingest.topic() + " as stream "
                + ingest.streamId() + ", session " + ingest.session() + ", and its end"
                + (signalled ? " (stopped by a signal)" : ""));
        lines.addAll(outcome.remarks());
        return lines;
    }
}
