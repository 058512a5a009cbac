package io.kinolift.bench;

import java.util.Optional;

/** Somebody else's implementation. */
public interface Peer {
    /** @return empty if the peer cannot do the workload, or cannot be loaded on this platform */
    Optional<Contender> enter(Workload workload);
}
