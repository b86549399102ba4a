package dev.millrace.core.run;

/**
 * How to carry out a plan.
 *
 * @param command for the run's record, such as {@code build}
 * @param threads how many steps may run at once
 * @param failFast whether the first failure cancels what still runs and skips the rest
 * @param warnError whether what would be warned about fails, and so holds back what is downstream
 */
public record RunOptions(String command, int threads, boolean failFast, boolean warnError) {
    public RunOptions(String command, int threads, boolean failFast) {
        this(command, threads, failFast, false);
    }
}
