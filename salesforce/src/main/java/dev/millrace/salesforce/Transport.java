package dev.millrace.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Call;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.event.ExecutionScheduledEvent;
import dev.failsafe.function.ContextualSupplier;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends requests with a good token, again where that may help. Thread-safe. */
final class Transport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final double JITTER = 0.25;
    private static final Pattern USAGE = Pattern.compile(".*api-usage=(\\d+)/(\\d+).*");

    private final SalesforceConfig config;
    private final RequestListener listener;
    private final HttpClient http;
    private final RetryPolicy<Answer> retries;
    private final Set<Call<Answer>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;
    private volatile @Nullable ApiUsage usage;

    // Guarded by this.
    private @Nullable Session session;

    private record Session(String token, URI instanceUrl) {}

    /** What is asked of Salesforce, and how errors call it. */
    record Request(String method, String path, Optional<JsonNode> body, Map<String, String> headers, String attempted) {
        static Request get(String path, String attempted) {
            return new Request("GET", path, Optional.empty(), Map.of(), attempted);
        }

        /** Whether sending it twice does the same as sending it once. */
        boolean isRepeatable() {
            return !method.equals("POST");
        }

        ErrorCode failure() {
            return method.equals("GET") ? ErrorCode.SOURCE_FAILED : ErrorCode.DESTINATION_FAILED;
        }
    }

    /** A failure that may pass. */
    private static final class PassingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient SalesforceException failure;
        private final Duration wait;

        PassingException(SalesforceException failure, Duration wait) {
            super(failure);
            this.failure = failure;
            this.wait = wait;
        }
    }

    Transport(SalesforceConfig config, RequestListener listener) {
        this.config = config;
        this.listener = listener;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        this.retries = RetryPolicy.<Answer>builder()
                .handle(PassingException.class)
                .withMaxAttempts(config.maxAttempts())
                .withMaxDuration(config.retryLimit())
                .onRetryScheduled(this::tell)
                .withBackoff(config.backoff(), LONGEST_WAIT)
                .withJitter(JITTER)
                // Negative leaves it to the backoff.
                .withDelayFn(context -> context.getLastException() instanceof PassingException passing
                        ? passing.wait
                        : Duration.ofNanos(-1))
                .build();
    }

    private void tell(ExecutionScheduledEvent<Answer> retry) {
        if (retry.getLastException() instanceof PassingException passing) {
            String wait = retry.getDelay().toMillis() < 1_000
                    ? "now"
                    : "in " + retry.getDelay().toSeconds() + " s";
            listener.retrying(passing.failure.text() + "; trying again " + wait + " (" + (retry.getAttemptCount() + 1)
                    + " of " + config.maxAttempts() + ")");
        }
    }

    /** @throws SalesforceException if it is refused, or still fails at the last attempt */
    Answer send(Request request) {
        if (cancelled) {
            throw cancelled(request, null);
        }
        ContextualSupplier<Answer, Answer> attempt = context -> attempt(request);
        Call<Answer> call = Failsafe.with(retries).newCall(attempt);
        underWay.add(call);
        try {
            return call.execute();
        } catch (PassingException e) {
            throw e.failure;
        } catch (CancellationException e) {
            throw cancelled(request, e);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw cancelled(request, e);
            }
            throw new SalesforceException(
                    ErrorCode.INTERNAL, "", 0, "cannot " + request.attempted() + ": " + e.getCause(), null, e);
        } finally {
            underWay.remove(call);
        }
    }

    /** Ends every request under way and every wait for the next attempt; later requests fail at once. */
    void cancel() {
        cancelled = true;
        underWay.forEach(call -> call.cancel(true));
    }

    URI url() {
        return config.url();
    }

    String apiVersion() {
        return config.apiVersion();
    }

    /** As the last answer told. */
    Optional<ApiUsage> usage() {
        return Optional.ofNullable(usage);
    }

    private Answer attempt(Request request) throws InterruptedException {
        Session first = session();
        Answer answer = exchange(request, first);
        if (answer.status() == 401 && !(config.auth() instanceof SalesforceAuth.AccessToken)) {
            forget(first);
            answer = exchange(request, session());
        }
        if (!answer.ok()) {
            throw Failures.refused(answer, request.failure(), request.attempted());
        }
        return answer;
    }

    private Answer exchange(Request request, Session with) throws InterruptedException {
        String path = request.path().startsWith("/")
                ? request.path()
                : "/services/data/" + config.apiVersion() + "/" + request.path();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(with.instanceUrl() + path))
                .timeout(config.requestTimeout())
                .header("Authorization", "Bearer " + with.token())
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip");
        request.headers().forEach(builder::header);
        if (request.body().isPresent()) {
            builder.header("Content-Type", "application/json");
            builder.method(
                    request.method(),
                    BodyPublishers.ofByteArray(Answer.bytes(request.body().get())));
        } else {
            builder.method(request.method(), BodyPublishers.noBody());
        }
        return exchange(builder.build(), request.isRepeatable(), request.attempted(), request.failure());
    }

    private Answer exchange(HttpRequest http1, boolean repeatable, String attempted, ErrorCode failure)
            throws InterruptedException {
        listener.sending();
        try {
            HttpResponse<byte[]> response = http.send(http1, BodyHandlers.ofByteArray());
            response.headers().firstValue("Sforce-Limit-Info").ifPresent(this::noteUsage);
            Answer answer = Answer.of(response);
            if (mayPass(answer)) {
                throw new PassingException(Failures.refused(answer, failure, attempted), retryAfter(response));
            }
            return answer;
        } catch (IOException e) {
            SalesforceException lost = Failures.noAnswer(e, config, attempted);
            if (repeatable || e instanceof ConnectException) {
                throw new PassingException(lost, Duration.ofNanos(-1));
            }
            throw lost;
        }
    }

    private static boolean mayPass(Answer answer) {
        return switch (answer.status()) {
            case 429, 502, 503, 504 -> true;
            default -> answer.errorCode().equals("REQUEST_LIMIT_EXCEEDED");
        };
    }

    private synchronized Session session() throws InterruptedException {
        Session current = session;
        if (current == null) {
            current = signIn();
            session = current;
        }
        return current;
    }

    private synchronized void forget(Session bad) {
        if (bad.equals(session)) {
            session = null;
        }
    }

    private Session signIn() throws InterruptedException {
        if (config.auth() instanceof SalesforceAuth.AccessToken given) {
            return new Session(given.token().reveal(), config.url());
        }
        String form = config.auth().form().entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(config.url() + "/services/oauth2/token"))
                .timeout(config.requestTimeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form))
                .build();
        Answer answer = exchange(request, true, "sign in", ErrorCode.AUTHENTICATION_FAILED);
        String token = answer.body().path("access_token").asText();
        if (!answer.ok() || token.isEmpty()) {
            throw Failures.signIn(answer, config.url());
        }
        String instance = answer.body().path("instance_url").asText(config.url().toString());
        return new Session(token, URI.create(instance));
    }

    private void noteUsage(String header) {
        Matcher matcher = USAGE.matcher(header);
        if (matcher.matches()) {
            usage = new ApiUsage(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }
    }

    /** Seconds or a date; negative if there is no such header. */
    private static Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        Duration wait = Duration.ofNanos(-1);
        if (value.matches("\\d{1,6}")) {
            wait = Duration.ofSeconds(Long.parseLong(value));
        } else if (!value.isEmpty()) {
            try {
                Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                wait = Duration.between(Instant.now(), until);
            } catch (DateTimeParseException e) {
                // Not a date either: the backoff decides.
                return wait;
            }
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static MillraceException cancelled(Request request, @Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.CANCELLED, "cancelled while asking Salesforce to " + request.attempted(), cause);
    }
}
