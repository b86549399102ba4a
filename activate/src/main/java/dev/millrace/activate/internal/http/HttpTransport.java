package dev.millrace.activate.internal.http;

import dev.failsafe.Call;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.event.ExecutionScheduledEvent;
import dev.failsafe.function.ContextualSupplier;
import dev.millrace.activate.internal.destination.Route;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends requests to one service, again where that may help: after HTTP 429 and 5xx, and when no answer came.
 * Thread-safe.
 */
final class HttpTransport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration UNSAID = Duration.ofNanos(-1);
    private static final double JITTER = 0.25;

    private final HttpSettings settings;
    private final Route route;
    private final HttpClient http;
    private final RetryPolicy<HttpAnswer> retries;
    private final Set<Call<HttpAnswer>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** A failure that may pass. */
    private static final class PassingException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient MillraceException failure;
        private final Duration wait;

        PassingException(MillraceException failure, Duration wait) {
            super(failure);
            this.failure = failure;
            this.wait = wait;
        }
    }

    HttpTransport(HttpSettings settings, Route route) {
        this.settings = settings;
        this.route = route;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        this.retries = RetryPolicy.<HttpAnswer>builder()
                .handle(PassingException.class)
                .withMaxAttempts(route.patience().isPresent() ? 1 : settings.maxAttempts())
                .withMaxDuration(
                        route.attempt() == 1
                                ? settings.retryLimit()
                                : settings.retryLimit().dividedBy(3))
                .withBackoff(FIRST_WAIT, LONGEST_WAIT)
                .withJitter(JITTER)
                .withDelayFn(context ->
                        context.getLastException() instanceof PassingException passing ? passing.wait : UNSAID)
                .onRetryScheduled(this::tell)
                .build();
    }

    /**
     * @param path after the service's URL
     * @param body empty for none
     * @param token the idempotency key; empty for none
     * @return the answer, whatever its status, unless it is one that may pass
     * @throws MillraceException if it still fails at the last attempt
     */
    HttpAnswer send(String method, String path, String body, String token) {
        HttpRequest request = request(method, path, body, token);
        if (cancelled) {
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled");
        }
        ContextualSupplier<HttpAnswer, HttpAnswer> attempt = context -> exchange(request);
        Call<HttpAnswer> call = Failsafe.with(retries).newCall(attempt);
        underWay.add(call);
        try {
            return call.execute();
        } catch (PassingException e) {
            throw e.failure;
        } catch (CancellationException e) {
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
            }
            throw new MillraceException(ErrorCode.INTERNAL, "cannot send: " + e.getCause(), e);
        } finally {
            underWay.remove(call);
        }
    }

    /** Ends every request under way and every wait for the next attempt; later requests fail at once. */
    void cancel() {
        cancelled = true;
        underWay.forEach(call -> call.cancel(true));
    }

    private HttpRequest request(String method, String path, String body, String token) {
        URI uri;
        try {
            uri = URI.create(settings.url() + path);
        } catch (IllegalArgumentException e) {
            throw new MillraceException(ErrorCode.CONFIG_INVALID, "'" + settings.url() + path + "' is no URL", e);
        }
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri).timeout(route.patience().orElse(settings.timeout()));
        if (!body.isEmpty()) {
            builder.header("Content-Type", "application/json");
        }
        if (!token.isEmpty() && !settings.tokenHeader().isEmpty()) {
            builder.header(settings.tokenHeader(), token);
        }
        for (Map.Entry<String, Secret> header : settings.headers().entrySet()) {
            builder.setHeader(header.getKey(), header.getValue().reveal());
        }
        return builder.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private HttpAnswer exchange(HttpRequest request) throws InterruptedException {
        route.pace().await();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            HttpAnswer answer = new HttpAnswer(response.statusCode(), response.body());
            boolean mayPass = answer.status() == 429 || answer.status() >= 500;
            if (mayPass && !settings.succeeded(answer.status())) {
                throw new PassingException(
                        new MillraceException(
                                ErrorCode.DESTINATION_FAILED, settings.url() + " answered " + answer.describe()),
                        retryAfter(response));
            }
            return answer;
        } catch (IOException e) {
            throw new PassingException(noAnswer(e), UNSAID);
        }
    }

    private MillraceException noAnswer(IOException e) {
        String said = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
        if (e instanceof ConnectException || e instanceof java.net.http.HttpConnectTimeoutException) {
            return new MillraceException(
                    ErrorCode.CONNECTION_REFUSED,
                    "cannot reach " + settings.url() + said,
                    null,
                    "Check 'url' of the destination in millrace.yml, and that this machine can reach it.",
                    e);
        }
        return e instanceof HttpTimeoutException
                ? new MillraceException(
                        ErrorCode.TIMEOUT,
                        "no answer from " + settings.url() + " after "
                                + settings.timeout().toSeconds() + " s",
                        null,
                        "If it needs longer, raise timeout_seconds and retry_seconds of it in millrace.yml.",
                        e)
                : new MillraceException(
                        ErrorCode.CONNECTION_LOST, "the connection to " + settings.url() + " broke" + said, e);
    }

    private void tell(ExecutionScheduledEvent<HttpAnswer> retry) {
        if (retry.getLastException() instanceof PassingException passing) {
            route.warnings()
                    .accept(passing.failure.text() + "; trying again (" + (retry.getAttemptCount() + 1) + " of "
                            + settings.maxAttempts() + ")");
        }
    }

    /** Seconds or a date; negative if there is no such header. */
    private static Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        Duration wait = UNSAID;
        if (value.matches("\\d{1,6}")) {
            wait = Duration.ofSeconds(Long.parseLong(value));
        } else if (!value.isEmpty()) {
            try {
                Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                wait = Duration.between(Instant.now(), until);
            } catch (DateTimeException e) {
                // Not a date either: the backoff decides.
                return UNSAID;
            }
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
