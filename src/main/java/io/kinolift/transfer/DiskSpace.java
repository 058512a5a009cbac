package io.kinolift.transfer;

import java.nio.file.Path;

/**
 * Whether the disk under the embedded broker still has room. A broker whose disk is full ends the whole process, and
 * leaves everything where it is; so the transfer ends before.
 */
final class DiskSpace {
    /** What the broker and the stores may write until somebody looks again. */
    private static final long RESERVE_BYTES = 40L << 20;

    private DiskSpace() {}

    /** Null as long as there is room. */
    static String problem(Path folder) {
        return problem(folder, folder.toFile().getUsableSpace());
    }

    static String problem(Path folder, long usableBytes) {
        return usableBytes >= RESERVE_BYTES
                ? null
                : "the disk of the temporary folder " + folder + " is full: " + (usableBytes >> 20)
                        + " MiB left, " + (RESERVE_BYTES >> 20)
                        + " needed (KINOLIFT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER names another)";
    }
}
