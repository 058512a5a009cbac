package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.transfer.ingest.SourceIngest;
import io.kinolift.transfer.source.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;

/** Sends many sources at once, each on a thread of its own: one that fails or waits holds up no other. */
final class ManySources {
    private static final long TABLE_SECONDS = 5;
    /** Native code that waits for a camera cannot be interrupted; it has nothing to bring to an end yet. */
    private static final int ROUNDS_FOR_OPENING = 2;

    private final Producer<byte[], byte[]> producer;
    private final Stop stop;
    private final EndSignals signals;
    private final SourcesTable table = new SourcesTable(System.err);
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger incomplete = new AtomicInteger();

    ManySources(Producer<byte[], byte[]> producer, Stop stop, EndSignals signals) {
        this.producer = producer;
        this.stop = stop;
        this.signals = signals;
    }

    /**
     * Sends all of them to their ends.
     *
     * @return the exit code: of a failure, if any of them failed
     */
    int run(List<SourceEntry> entries, IngestTargets targets) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(entries.size());
        List<SourceIngest> plans = new ArrayList<>();
        entries.forEach(entry -> plans.add(targets.plan(entry, entries.size())));
        for (SourceIngest plan : plans) {
            SourcesTable.Row row = table.add(plan.streamId());
            Thread.ofPlatform()
                    .daemon()
                    .name("kinolift-ingest-" + plan.streamId())
                    .start(() -> {
                        try {
                            send(plan, row);
                        } finally {
                            running.countDown();
                        }
                    });
        }
        int rounds = 0;
        while (!running.await(TABLE_SECONDS, TimeUnit.SECONDS) && rounds < ROUNDS_FOR_OPENING) {
            table.show();
            rounds = stop.isRequested() && table.opening() == running.getCount() ? rounds + 1 : 0;
        }
        table.show();
        incomplete.addAndGet((int) running.getCount());
        int code = failed.get() > 0 ? ExitCodes.FAILED : incomplete.get() > 0 ? ExitCodes.INCOMPLETE : ExitCodes.DONE;
        table.tell(plans.size() + (plans.size() == 1 ? " source: " : " sources: ")
                + (plans.size() - failed.get() - incomplete.get()) + " ended, " + incomplete.get()
                + " broke off or were stopped, " + failed.get() + " failed");
        return code;
    }

    private void send(SourceIngest plan, SourcesTable.Row row) {
        try {
            SourceIngest.Outcome outcome = plan.run(producer, stop, row);
            boolean cut = outcome.breakage() != null || signals.isReceived();
            incomplete.addAndGet(cut ? 1 : 0);
            row.ended(signals.isReceived() ? "stopped" : cut ? "broke off: " + outcome.breakage() : "ended");
            IngestReport.lines(plan, outcome, signals.isReceived()).forEach(row::told);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(row, e);
        } catch (Throwable e) {
            // Whatever it is, it is the end of this source alone; but none may pass for ended.
            failed(row, e);
        }
    }

    private void failed(SourcesTable.Row row, Throwable e) {
        boolean stopped = signals.isReceived() && e instanceof VideoException;
        (stopped ? incomplete : failed).incrementAndGet();
        row.ended((stopped ? "stopped: " : "failed: ") + Failures.text(e));
    }
}
