package io.kinolift.bench;

import java.util.List;
import java.util.function.Supplier;

/** Somebody else's implementation. */
public interface Peer {
    /**
     * The ways in which the peer can do a workload, the usual one first. A later one is used only if all before it make
     * wrong pictures.
     *
     * @return empty if the peer cannot do the workload, or cannot be loaded on this platform
     */
    List<Supplier<Racer>> enter(Workload workload);
}
