package io.kinolift.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** Ctrl-C and SIGTERM: the first asks for an orderly end, a second ends the process at once. */
final class EndSignals implements AutoCloseable {
    private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143);

    private final Runnable first;
    private final AtomicBoolean received = new AtomicBoolean();
    private final Map<String, Object> former = new TreeMap<>();

    /** @param first runs on a thread of the JVM, and should return soon */
    EndSignals(Runnable first) {
        this.first = first;
        CODES.forEach((name, code) -> former.put(name, Signals.register(name, () -> handle(code))));
    }

    private void handle(int code) {
        if (received.getAndSet(true)) {
            // Not exit: hooks would wait for what does not end.
            Runtime.getRuntime().halt(code);
        }
        first.run();
    }

    boolean isReceived() {
        return received.get();
    }

    @Override
    public void close() {
        former.forEach((name, handler) -> {
            if (handler != null) {
                Signals.unregister(name, handler);
            }
        });
    }
}
