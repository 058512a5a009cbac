package io.kinolift.window;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The state of one stream, without its waiting frames. Only {@link StreamAssembler} changes it;
 * {@link StreamStateBytes} writes and reads it.
 */
public final class StreamState {
    /** A late frame from an older gap than these counts as a duplicate. */
    private static final int MOST_GAPS = 32;

    static final long UNKNOWN = -1;

    boolean started;
    boolean ended;
    long session;
    /** The input sequence that comes next in order. */
    long nextSequence;
    /** The place of index 0 of the open segment: its input sequence, counted in the order of display. */
    long segmentStart;
    /** The place that would continue it. */
    long segmentEnd;

    boolean afterGap;
    /** Format and time base of the open segment; empty before its first frame. */
    String format = "";
    /** The last frame in order; null at the start of a run. */
    FrameTime lastTime;
    /** When a frame came that was refused because the clock had jumped; null if none came since the last in order. */
    FrameTime jump;
    /** Index of the first input that no window has settled. */
    long nextCore;
    /** Index of the first output that no window has taken. */
    long nextOutput;
    /** The output sequence of output 0 of the open segment; {@link #UNKNOWN} in rows of older versions. */
    long segmentOutput;
    /** How far output sequences lie behind those of the grid, so that they rise when the grid becomes coarser. */
    long outputShift;
    /** Whether some outputs of the input at {@code nextCore} have left. */
    boolean coreBegun;
    /** Index of the first input whose row is still in the buffer. */
    long firstKept;
    /** The places last declared missing: start to end, end excluded. */
    final NavigableMap<Long, Long> gaps = new TreeMap<>();
    /** Frames from the future: sequence to bytes. */
    final NavigableMap<Long, Long> waiting = new TreeMap<>();

    long received;
    /** Unusable records before the first frame; the account of session 0 has them. */
    long receivedBefore;

    long filled;
    /** Filled frames that no window has settled. */
    long filledHeld;

    final Map<DropPolicy, Long> dropped = new EnumMap<>(DropPolicy.class);
    final Map<Incident, Long> incidents = new EnumMap<>(Incident.class);
    final GroupState group = new GroupState();
    /** Received frames between the reorder buffer and their place; none between two records. */
    int inHand;
    /** The level of its windows, which {@code topology} decides when one is cut. */
    private LevelHistory levels = LevelHistory.START;
    /** Hash of every setting that shapes output; another one ends the segment. */
    String fingerprint = "";

    public long session() {
        return session;
    }

    /** What the levels of the outputs were that may have to be made again. */
    final OutputLevels outputLevels = new OutputLevels();

    public LevelHistory levels() {
        return levels;
    }

    /** The levels are not the assembler's: they do not change how frames are gathered. */
    public void setLevels(LevelHistory next) {
        levels = next;
    }

    /** A window of the open segment is made at the present level. */
    public void makeAtLevel(FrameWindow window, int groupFrames) {
        long outputFrom = window.outputFrom();
        outputLevels.add(outputFrom, OutputGrid.groupStart(outputFrom, groupFrames), levels.level());
    }

    public boolean isStarted() {
        return started;
    }

    public boolean isEnded() {
        return ended;
    }

    /** Frame records of this session so far. */
    public long received() {
        return received;
    }

    /** Frames made up for missing ones in this session so far. */
    public long filled() {
        return filled;
    }

    public Map<DropPolicy, Long> dropped() {
        return Map.copyOf(dropped);
    }

    public Map<Incident, Long> incidents() {
        return Map.copyOf(incidents);
    }

    /** Received frames that no window has settled yet. */
    public long held() {
        return frames() - nextCore - filledHeld + waiting.size() + group.pending.size() + inHand;
    }

    /** Whether frames of the stream are in the buffer. */
    public boolean holdsFrames() {
        return frames() > 0 || !waiting.isEmpty() || group.holdsAny();
    }

    long frames() {
        return segmentEnd - segmentStart;
    }

    boolean isOld(long other) {
        return started && other < session;
    }

    boolean isNew(long other) {
        return !started || other > session;
    }

    boolean isMissing(long sequence) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(sequence);
        return gap != null && sequence < gap.getValue();
    }

    void addMissing(long from, long to) {
        gaps.put(from, to);
        if (gaps.size() > MOST_GAPS) {
            gaps.pollFirstEntry();
        }
    }

    void count(DropPolicy policy) {
        dropped.merge(policy, 1L, Long::sum);
    }

    void count(Incident incident, long times) {
        incidents.merge(incident, times, Long::sum);
    }

    /** Numbers and clock begin anew; counts do so with a new session. */
    void startRun(long newSession) {
        if (!started) {
            receivedBefore = received;
        }
        if (newSession != session) {
            received = newSession == 0 ? receivedBefore : 0;
            filled = 0;
            dropped.clear();
            incidents.clear();
        }
        started = true;
        ended = false;
        session = newSession;
        nextSequence = 0;
        outputShift = 0;
        lastTime = null;
        jump = null;
        format = "";
        gaps.clear();
        group.startRun();
    }
}
