package io.kinolift.cli;

/** What the end of the process says, and how help puts it. */
final class ExitCodes {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    /** Stopped or broken off: what was done up to then is kept, and complete in itself. */
    static final int INCOMPLETE = 3;

    static final String SAYS_DONE = "0:done";
    static final String SAYS_FAILED = "1:failed: the broker, a disk or the program itself";
    static final String SAYS_USAGE = "2:wrong options, or something named that is not there or cannot be used";
    /** Of what runs until it is stopped: the JVM ends with 128 and the number of the signal. */
    static final String SAYS_STOPPED = "130, 143:an orderly stop by Ctrl-C or SIGTERM";

    static final String SAYS_AT_ONCE = "130, 143:a second Ctrl-C or SIGTERM, at once";

    private ExitCodes() {}
}
