package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.TimeGrid;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fate of a stream's frames in the plainest form: it remembers everything it has seen, cuts no windows and stores
 * nothing.
 */
final class DisorderModel {
    private final TimeGrid grid;
    private final int reorderFrames;
    private final GapPolicy gap;
    private final int gapFrames;
    final List<Segment> segments = new ArrayList<>();
    final Map<DropPolicy, Integer> dropped = new EnumMap<>(DropPolicy.class);
    final Map<Incident, Integer> incidents = new EnumMap<>(Incident.class);
    int refused;
    int ends;
    private boolean started;
    private boolean ended;
    private long session;
    private long horizon;
    private long placed;
    private long lastPts;
    private Set<Long> seen = new HashSet<>();
    private TreeMap<Long, EncodedFrame> pending = new TreeMap<>();
    private boolean broken;

    DisorderModel(TimeGrid grid, int reorderFrames, GapPolicy gap, int gapFrames) {
        this.grid = grid;
        this.reorderFrames = reorderFrames;
        this.gap = gap;
        this.gapFrames = gapFrames;
    }

    /** @param places sequences in order, the negative of one that was made up, less one */
    record Segment(long session, List<Long> places, boolean afterGap, int width) {}

    void frame(EncodedFrame frame) {
        if (started && frame.session() < session) {
            dropped.merge(DropPolicy.OLD_SESSION, 1, Integer::sum);
            return;
        }
        boolean again = frame.sequence() == 0
                && started
                && frame.session() == session
                && (ended || (frame.discontinuity() && horizon > 1 && seen.contains(0L)));
        if (!started || frame.session() > session || again) {
            run(frame.session());
            if (again) {
                note(Incident.RESTART);
            }
        }
        if (ended) {
            dropped.merge(DropPolicy.AFTER_END, 1, Integer::sum);
        } else if (seen.contains(frame.sequence())) {
            dropped.merge(DropPolicy.DUPLICATE, 1, Integer::sum);
        } else if (frame.sequence() < horizon) {
            dropped.merge(DropPolicy.LATE, 1, Integer::sum);
        } else {
            seen.add(frame.sequence());
            pending.put(frame.sequence(), frame);
            settle(reorderFrames);
        }
    }

    void end(long endSession, long sequence) {
        if (started && endSession < session) {
            note(Incident.OLD_END);
        } else if (started && endSession == session && ended) {
            note(Incident.REPEATED_END);
        } else {
            if (!started || endSession > session) {
                run(endSession);
            }
            settle(0);
            missUntil(sequence);
            ended = true;
            ends++;
        }
    }

    private void run(long newSession) {
        settle(0);
        if (newSession != session) {
            dropped.clear();
            incidents.clear();
        }
        started = true;
        ended = false;
        session = newSession;
        horizon = 0;
        placed = 0;
        lastPts = Long.MIN_VALUE;
        seen = new HashSet<>();
        pending = new TreeMap<>();
        broken = true;
    }

    private void settle(int mayWait) {
        while (!pending.isEmpty() && (pending.firstKey() == horizon || pending.size() > mayWait)) {
            missUntil(pending.firstKey());
            place(pending.pollFirstEntry().getValue());
            horizon++;
        }
    }

    private void missUntil(long sequence) {
        if (sequence > horizon) {
            note(Incident.GAP);
            incidents.merge(Incident.MISSING_FRAME, (int) (sequence - horizon), Integer::sum);
            horizon = sequence;
        }
    }

    private void place(EncodedFrame frame) {
        if (frame.pts() <= lastPts) {
            refused++;
            return;
        }
        if (frame.discontinuity()) {
            note(Incident.DISCONTINUITY);
        }
        long hole = frame.sequence() - placed;
        Segment open = broken ? null : segments.getLast();
        if (open != null && open.width() != frame.format().width()) {
            note(Incident.FORMAT_CHANGE);
        }
        boolean goesOn = open != null && open.width() == frame.format().width() && !frame.discontinuity();
        boolean fills =
                goesOn && hole > 0 && gap != GapPolicy.SPLIT && hole <= gapFrames && frame.pts() - lastPts > hole;
        if (goesOn && (hole == 0 || fills)) {
            for (long i = 0; i < hole; i++) {
                open.places().add(-1 - (placed + i));
            }
        } else {
            boolean silent = open != null && grid.outputCount(open.places().size()) == 0;
            open = new Segment(
                    session,
                    new ArrayList<>(),
                    hole > 0 || frame.discontinuity() || silent,
                    frame.format().width());
            segments.add(open);
        }
        open.places().add(frame.sequence());
        broken = false;
        placed = frame.sequence() + 1;
        lastPts = frame.pts();
    }

    private void note(Incident incident) {
        incidents.merge(incident, 1, Integer::sum);
    }
}
