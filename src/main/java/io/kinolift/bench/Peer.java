package io.kinolift.bench;

import java.util.Optional;

/** Somebody else's implementation. */
public interface Peer {
    /** @return empty where the peer has nothing for the workload, or cannot be loaded on this platform */
    Optional<Racer> enter(Workload workload);
}
