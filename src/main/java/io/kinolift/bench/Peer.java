package io.kinolift.bench;

import java.util.List;
import java.util.function.Supplier;

/** Somebody else's implementation. */
public interface Peer {
    /**
     * Its ways of doing a workload, the usual one first: a later one is for where all before it make wrong pictures.
     *
     * @return empty where the peer has nothing for the workload, or cannot be loaded on this platform
     */
    List<Supplier<Contender>> enter(Workload workload);
}
