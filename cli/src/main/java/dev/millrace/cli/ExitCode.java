package dev.millrace.cli;

/** What the process says when it ends; docs/cli.md. */
final class ExitCode {
    static final int OK = 0;
    /** Something ran and failed. */
    static final int FAILED = 1;
    /** The project or the command could not be run. */
    static final int UNUSABLE = 2;

    /** Stopped by signal {@code number}, as shells count. */
    static int signal(int number) {
        return 128 + number;
    }

    private ExitCode() {}
}
