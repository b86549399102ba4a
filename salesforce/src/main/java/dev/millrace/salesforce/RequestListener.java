package dev.millrace.salesforce;

/** Hears of the requests of a {@link SalesforceClient}, from the thread that makes them. */
public interface RequestListener {
    /** Neither waits nor tells. */
    RequestListener NONE = message -> {};

    /**
     * Called before each try of a request; may wait, to keep to a rate.
     *
     * @throws InterruptedException if the wait is to end because the request is cancelled
     */
    default void sending() throws InterruptedException {}

    /**
     * A try failed, and another follows.
     *
     * @param message what happened, one line for people
     */
    void retrying(String message);
}
