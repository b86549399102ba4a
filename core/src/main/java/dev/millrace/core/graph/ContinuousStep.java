package dev.millrace.core.graph;

import java.time.Duration;

/**
 * A step that keeps something open while its node is kept running: a consumer, a replication stream. {@link #run} does
 * the same work once: it processes what is available now, and returns.
 */
public interface ContinuousStep extends Step {
    /**
     * Opens what stays open.
     *
     * @param context lives as long as the flow: it is cancelled when the flow should end
     * @throws Exception as {@link Step#run} does
     */
    Flow open(StepContext context) throws Exception;

    /** An open step. Used by one thread at a time. */
    interface Flow extends AutoCloseable {
        /**
         * Waits for something to arrive, processes what is there, and returns when all of it is safe.
         *
         * @param wait how long to wait for the first of it
         * @return with the rows processed; 0 rows when nothing arrived. Its details may hold {@code lag} (rows or
         *     messages not yet processed), {@code lag_ms}, {@code watermark} (ISO 8601) and {@code position} (a text)
         * @throws Exception if the work failed; the flow is then closed and another one opened after a pause
         */
        StepResult next(Duration wait) throws Exception;

        @Override
        void close();
    }
}
