package dev.millrace.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What goes wrong with the next requests to a {@link SalesforceService}: each fault is used up by as many requests as
 * it was asked for, in the order asked. Requests for a token are spared. Thread-safe.
 */
public final class SalesforceFaults {
    private final Deque<Fault> waiting = new ArrayDeque<>();
    private Duration latency = Duration.ZERO;
    private Predicate<String> affected = path -> true;

    SalesforceFaults() {}

    /** One thing that goes wrong with one request. */
    public sealed interface Fault {
        /** The request is refused unseen. */
        record Refuse(int status, String errorCode, String message, Optional<Duration> retryAfter) implements Fault {}

        /** The request is carried out, but the connection is closed before the answer. */
        record DropAnswer() implements Fault {}

        /** The connection is closed before the request is carried out. */
        record DropRequest() implements Fault {}
    }

    /** HTTP 503, {@code SERVER_UNAVAILABLE}. */
    public SalesforceFaults unavailable(int times) {
        return add(times, new Fault.Refuse(503, "SERVER_UNAVAILABLE", "The server is unavailable", Optional.empty()));
    }

    /** HTTP 429 with a Retry-After header in whole seconds. */
    public SalesforceFaults tooManyRequests(int times, Duration retryAfter) {
        return add(
                times, new Fault.Refuse(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests", Optional.of(retryAfter)));
    }

    /** HTTP 403, {@code REQUEST_LIMIT_EXCEEDED}: the organisation's daily allowance. */
    public SalesforceFaults requestLimitExceeded(int times) {
        return add(
                times,
                new Fault.Refuse(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", Optional.empty()));
    }

    /** HTTP 500, {@code UNKNOWN_EXCEPTION}. */
    public SalesforceFaults serverError(int times) {
        return add(
                times, new Fault.Refuse(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred.", Optional.empty()));
    }

    /** The requests are carried out, but their answers never arrive. */
    public SalesforceFaults dropAnswers(int times) {
        return add(times, new Fault.DropAnswer());
    }

    /** The connections are closed before anything is done. */
    public SalesforceFaults dropRequests(int times) {
        return add(times, new Fault.DropRequest());
    }

    /** Each request takes at least this long. */
    public synchronized SalesforceFaults latency(Duration each) {
        this.latency = each;
        return this;
    }

    /** Only requests whose path contains this are affected from now on. */
    public synchronized SalesforceFaults onlyFor(String pathPart) {
        this.affected = path -> path.contains(pathPart);
        return this;
    }

    /** All is well again. */
    public synchronized void clear() {
        waiting.clear();
        latency = Duration.ZERO;
        affected = path -> true;
    }

    synchronized Optional<Fault> next(String path) {
        return affected.test(path) ? Optional.ofNullable(waiting.poll()) : Optional.empty();
    }

    synchronized Duration latency() {
        return latency;
    }

    private synchronized SalesforceFaults add(int times, Fault fault) {
        for (int i = 0; i < times; i++) {
            waiting.add(fault);
        }
        return this;
    }
}
