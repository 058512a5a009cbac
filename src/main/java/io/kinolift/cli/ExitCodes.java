package io.kinolift.cli;

/** What the end of the process says. */
final class ExitCodes {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    /** Stopped or broken off: what was done up to then is kept, and complete in itself. */
    static final int INCOMPLETE = 3;

    private ExitCodes() {}
}
