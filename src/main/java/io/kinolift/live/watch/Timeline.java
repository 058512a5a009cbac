package io.kinolift.live.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What there is of one stream for players, in memory. One thread adds to it; any may wait for what will be there.
 *
 * <p>Segments older than the window are no longer listed, but kept for as long again, for players that have an older
 * playlist. A bound on bytes comes before both.
 */
final class Timeline {
    /** Not 0, which hls.js takes for no number at all. */
    private static final long FIRST = 1;

    private final double windowSeconds;
    private final long maxBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Map<Long, byte[]> headers = new HashMap<>();
    private long run = -1;
    private double partTarget;
    private double segmentTarget;
    private double holdBack;
    private boolean ended;
    private boolean closed;

    /**
     * @param windowSeconds that are listed, at least
     * @param maxBytes of all segments together
     */
    Timeline(double windowSeconds, long maxBytes) {
        this.windowSeconds = windowSeconds;
        this.maxBytes = maxBytes;
    }

    /** Whether a request that waits can be met. */
    enum Claim {
        /** It is there, or may come. */
        FAIR,
        /** Nobody could know of it yet. */
        TOO_FAR
    }

    /**
     * Begins a run: what follows needs another header, and has times of its own.
     *
     * @param partSeconds that its parts have at most
     * @param segmentSeconds that its segments have at most
     */
    synchronized void beginRun(byte[] header, double partSeconds, double segmentSeconds) {
        headers.put(++run, header);
        partTarget = Math.max(partTarget, partSeconds);
        segmentTarget = Math.max(segmentTarget, segmentSeconds);
        ended = false;
    }

    /** Begins a segment; the one before is complete. */
    synchronized void beginSegment(long startMillis) {
        segments.add(new Segment(lastNumber() + 1, run, startMillis));
        forget();
        notifyAll();
    }

    synchronized void add(Part part) {
        segments.getLast().parts().add(part);
        notifyAll();
    }

    /** No more will come, unless another run begins. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Nobody waits any longer. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Seconds that pictures come late, at worst. */
    synchronized void holdBack(double seconds) {
        holdBack = seconds;
    }

    private void forget() {
        double seconds = segments.stream().mapToDouble(Segment::seconds).sum();
        long bytes = segments.stream().mapToLong(Segment::size).sum();
        // The newest one is empty yet.
        while (segments.size() > 3
                && (bytes > maxBytes || seconds - segments.getFirst().seconds() > 2 * windowSeconds)) {
            Segment oldest = segments.removeFirst();
            seconds -= oldest.seconds();
            bytes -= oldest.size();
        }
        headers.keySet().removeIf(old -> old < segments.getFirst().run());
    }

    /**
     * The playlist once it is worth playing: with as much as a player stays behind.
     *
     * @return empty if it is not so in time
     */
    Optional<String> playlist(long timeoutMillis) throws InterruptedException {
        return await(this::isPlayable, this::text, timeoutMillis);
    }

    private boolean isPlayable() {
        double seconds = segments.stream().mapToDouble(Segment::seconds).sum();
        return (segments.size() > 1 && seconds >= playBehind()) || (ended && !segments.isEmpty());
    }

    private double playBehind() {
        return holdBack + 3 * partTarget;
    }

    synchronized Claim claim(long number, int part) {
        long last = lastNumber();
        return number > last + 2 || (number == last + 2 && part > 0) ? Claim.TOO_FAR : Claim.FAIR;
    }

    /**
     * The playlist once it has a segment or part, or a later one, or the stream has ended, or the time is over: a stream
     * that rests is no error.
     *
     * @param part -1 for the whole segment
     * @return empty if there is nothing at all
     */
    Optional<String> playlistWith(long number, int part, long timeoutMillis) throws InterruptedException {
        await(() -> ended || has(number, part), () -> "", timeoutMillis);
        synchronized (this) {
            return segments.isEmpty() ? Optional.empty() : Optional.of(text());
        }
    }

    private boolean has(long number, int part) {
        Segment last = segments.peekLast();
        if (last == null || last.number() < number) {
            return false;
        }
        if (last.number() == number) {
            return part >= 0 && part < last.parts().size();
        }
        Optional<Segment> asked = find(number);
        boolean isBehindItsEnd =
                asked.isPresent() && part >= asked.get().parts().size();
        // Such a part is taken for the first of the next segment.
        return !isBehindItsEnd || has(number + 1, 0);
    }

    private String text() {
        List<Segment> listed = segments.stream().toList();
        double seconds = listed.stream().mapToDouble(Segment::seconds).sum();
        int from = 0;
        while (from < listed.size() - 2 && seconds - listed.get(from).seconds() >= windowSeconds) {
            seconds -= listed.get(from++).seconds();
        }
        return new Playlist(listed.subList(from, listed.size()), partTarget, segmentTarget, playBehind(), ended).text();
    }

    /** The header of a run; empty if none of its segments is kept. */
    synchronized Optional<byte[]> header(long number) {
        return Optional.ofNullable(headers.get(number));
    }

    /** A complete segment. */
    synchronized Optional<byte[]> segment(long number) {
        return find(number).filter(_ -> ended || number < lastNumber()).map(Segment::bytes);
    }

    /** A part, which players may ask for a moment before it is there. */
    Optional<byte[]> part(long number, int index, long timeoutMillis) throws InterruptedException {
        return await(
                () -> ended || isGone(number) || has(number, index) || lastNumber() > number,
                () -> find(number)
                        .filter(segment -> index < segment.parts().size())
                        .map(segment -> segment.parts().get(index).bytes())
                        .orElse(null),
                timeoutMillis);
    }

    /** Whether a segment is neither there nor the next. */
    private boolean isGone(long number) {
        return number > lastNumber() + 1
                || (number <= lastNumber() && find(number).isEmpty());
    }

    private long lastNumber() {
        return segments.isEmpty() ? FIRST - 1 : segments.getLast().number();
    }

    private Optional<Segment> find(long number) {
        return segments.stream().filter(segment -> segment.number() == number).findFirst();
    }

    private synchronized <T> Optional<T> await(BooleanSupplier condition, Supplier<T> value, long timeoutMillis)
            throws InterruptedException {
        long end = System.nanoTime() + timeoutMillis * 1_000_000;
        while (!closed && !condition.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        return closed ? Optional.empty() : Optional.ofNullable(value.get());
    }
}
