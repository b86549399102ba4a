package dev.millrace.activate;

/**
 * How syncs are carried out in this invocation.
 *
 * @param dryRun whether to say what would be sent without sending it or writing anything down
 */
public record ActivateOptions(boolean dryRun) {
    public static final ActivateOptions DEFAULT = new ActivateOptions(false);
}
