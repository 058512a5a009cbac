package io.kinolift.transfer;

/** Keeps the sender a bounded number of frames ahead of the receiver. Safe for use by several threads. */
public final class Pace {
    private final long maxAhead;
    private long received;
    private boolean open;

    public Pace(long maxAhead) {
        this.maxAhead = maxAhead;
    }

    /** No bound. */
    public static Pace unbounded() {
        return new Pace(Long.MAX_VALUE);
    }

    /** Waits until frame {@code sequence} may be sent. */
    synchronized void awaitTurn(long sequence) throws InterruptedException {
        while (!open && sequence - received >= maxAhead) {
            wait();
        }
    }

    /** All input frames before {@code sequence} have come out at the other end, or will not. */
    synchronized void received(long sequence) {
        received = Math.max(received, sequence);
        notifyAll();
    }

    /** Lets the sender run free, because nobody receives any more. */
    synchronized void release() {
        open = true;
        notifyAll();
    }
}
