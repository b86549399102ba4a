package dev.millrace.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.testkit.SalesforceFaults.Fault;
import dev.millrace.testkit.internal.salesforce.ObjectSchema;
import dev.millrace.testkit.internal.salesforce.Reply;
import dev.millrace.testkit.internal.salesforce.RestApi;
import dev.millrace.testkit.internal.salesforce.StandardObjects;
import dev.millrace.testkit.internal.salesforce.Store;
import dev.millrace.testkit.internal.salesforce.TokenEndpoint;
import dev.millrace.testkit.internal.salesforce.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP service on 127.0.0.1 that behaves as Salesforce's REST API does (versions 46.0 to 66.0): tokens, describe,
 * SOQL in pages, single records and collections of up to 200 with per-record errors. It follows Salesforce's REST API
 * Developer Guide; what it does not know, it refuses. SystemModstamp has milliseconds, where Salesforce itself keeps
 * whole seconds: give it {@link Clock#tickSeconds} to be as coarse.
 *
 * <p>It has Account, Contact, Lead and Opportunity with common fields, {@code External_Id__c} on each, and on Account
 * {@code Health_Score__c}, {@code Lifetime_Value__c} and {@code Last_Order_Date__c}. Thread-safe.
 */
public final class SalesforceService implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int LOGGED_REQUESTS = 10_000;

    private final HttpServer server;
    private final ExecutorService executor;
    private final Store store;
    private final TokenEndpoint tokens;
    private final Wire wire;
    private final SalesforceFaults faults = new SalesforceFaults();
    private final List<SalesforceRequest> requests = new ArrayList<>();

    private SalesforceService(Builder options) throws IOException {
        // Without it each answer waits for the acknowledgement of its own headers. Read once, by the first server.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        this.store = new Store(options.objects.values(), options.clock, options.stateFile);
        this.tokens = new TokenEndpoint(options.credentials, options.tokenLifetime, options.clock);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port), 0);
        this.wire = new Wire(new RestApi(store, tokens, options.dailyLimit), tokens, url().toString());
        AtomicInteger count = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "salesforce-service-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The login URL and the instance URL: {@code http://127.0.0.1:port}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A good access token, as if just asked for. */
    public String accessToken() {
        return tokens.issue();
    }

    /** Makes every token given out so far a bad one: the next request with it gets 401. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /** What goes wrong with the next requests. */
    public SalesforceFaults faults() {
        return faults;
    }

    /** The answered requests, oldest first; the last {@value #LOGGED_REQUESTS} of them. */
    public List<SalesforceRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        synchronized (requests) {
            requests.clear();
        }
    }

    /**
     * The live records of an object by their fields' names: text as {@code String}, numbers as {@code BigDecimal}, then
     * {@code Boolean}, {@code LocalDate} and {@code Instant}; a field without a value is absent.
     */
    public List<Map<String, Object>> records(String object) {
        return store.records(object);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the state of the Salesforce service", e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Optional<Fault> fault = Wire.isToken(exchange) ? Optional.empty() : faults.next(Wire.path(exchange));
        pause(faults.latency());
        if (fault.isPresent() && fault.get() instanceof Fault.DropRequest) {
            log(exchange, 0, 0);
            exchange.close();
            return;
        }
        if (fault.isPresent() && fault.get() instanceof Fault.Refuse refuse) {
            exchange.getRequestBody().readAllBytes();
            refuse.retryAfter()
                    .ifPresent(after ->
                            exchange.getResponseHeaders().set("Retry-After", Long.toString(after.toSeconds())));
            log(exchange, 0, refuse.status());
            wire.send(exchange, Wire.error(refuse.status(), refuse.errorCode(), refuse.message()));
            return;
        }
        Reply reply;
        try {
            reply = wire.answer(exchange);
        } catch (RuntimeException e) {
            reply = Wire.error(500, "UNKNOWN_EXCEPTION", "the service failed: " + e);
        }
        if (fault.isPresent()) {
            log(exchange, reply.records(), 0);
            exchange.close();
            return;
        }
        log(exchange, reply.records(), reply.status());
        wire.send(exchange, reply);
    }

    private void log(HttpExchange exchange, int records, int status) {
        SalesforceRequest request = new SalesforceRequest(
                exchange.getRequestMethod(), Wire.path(exchange), Wire.soql(exchange), records, status);
        synchronized (requests) {
            requests.add(request);
            if (requests.size() > LOGGED_REQUESTS) {
                requests.remove(0);
            }
        }
    }

    private static void pause(Duration latency) {
        try {
            Thread.sleep(latency.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What kind of service; see {@link SalesforceService}. Not thread-safe. */
    public static final class Builder {
        private final Map<String, ObjectSchema> objects = StandardObjects.all();
        private TokenEndpoint.Credentials credentials = new TokenEndpoint.Credentials(
                "millrace", "millrace-secret", "demo@millrace.example", "demo-password", "demo-refresh-token");
        private Duration tokenLifetime = Duration.ofHours(2);
        private int dailyLimit = 1_000_000;
        private Clock clock = Clock.systemUTC();
        private int port;
        private @Nullable Path stateFile;

        private Builder() {}

        /** An object of yours with these fields and a Name; or more fields on an object that is there. */
        public Builder object(String name, SalesforceField... fields) {
            StandardObjects.add(objects, name, Arrays.asList(fields));
            return this;
        }

        /** The connected application; {@code millrace} and {@code millrace-secret} unless set. */
        public Builder client(String id, String secret) {
            credentials = new TokenEndpoint.Credentials(
                    id, secret, credentials.username(), credentials.password(), credentials.refreshToken());
            return this;
        }

        /** The user; {@code demo@millrace.example} and {@code demo-password} unless set. */
        public Builder user(String username, String password) {
            credentials = new TokenEndpoint.Credentials(
                    credentials.clientId(), credentials.clientSecret(), username, password, credentials.refreshToken());
            return this;
        }

        /** The refresh token; {@code demo-refresh-token} unless set. */
        public Builder refreshToken(String refreshToken) {
            credentials = new TokenEndpoint.Credentials(
                    credentials.clientId(),
                    credentials.clientSecret(),
                    credentials.username(),
                    credentials.password(),
                    refreshToken);
            return this;
        }

        /** How long a token is good; two hours unless set. */
        public Builder tokenLifetime(Duration lifetime) {
            this.tokenLifetime = lifetime;
            return this;
        }

        /** How many requests are answered in all; then REQUEST_LIMIT_EXCEEDED. */
        public Builder dailyLimit(int requests) {
            this.dailyLimit = requests;
            return this;
        }

        /** The clock of the system fields. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** The port; 0, the default, is any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Keeps the records in this file, and goes on with what is in it. What was answered is in it, even after a
         * crash.
         */
        public Builder stateFile(Path file) {
            this.stateFile = file;
            return this;
        }

        public SalesforceService start() {
            try {
                return new SalesforceService(this);
            } catch (IOException e) {
                throw new TestkitException(
                        "cannot start the Salesforce service on port " + port + ": " + e.getMessage(), e);
            }
        }
    }
}
