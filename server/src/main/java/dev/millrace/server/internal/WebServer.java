package dev.millrace.server.internal;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.server.Platform;
import dev.millrace.server.ServerSettings;
import dev.millrace.server.internal.api.Json;
import dev.millrace.server.internal.http.HttpProblem;
import dev.millrace.server.internal.http.Problems;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server while it runs. Thread-safe. */
public final class WebServer implements AutoCloseable {
    private static final int MOST_THREADS = 48;
    private static final int LEAST_THREADS = 4;
    /** Of a request's body. */
    private static final long MOST_BYTES = 16L << 20;

    /** Nothing but this program's own files, and no script or style inside a page. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private final Services services;
    private final Javalin app;

    private WebServer(Services services, Javalin app) {
        this.services = services;
        this.app = app;
    }

    /**
     * Starts it; it answers when this returns.
     *
     * @throws MillraceException CONFIG_INVALID if the port is taken or the address is not this machine's
     */
    public static WebServer start(Platform platform, ServerSettings settings, String version, Clock clock) {
        Services services = new Services(platform, settings, version, clock);
        try {
            Javalin app = Javalin.create(config -> configure(config, services));
            app.start(settings.host(), settings.port());
            return new WebServer(services, app);
        } catch (JavalinBindException e) {
            services.close();
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot listen on " + settings.host() + ":" + settings.port(),
                    null,
                    "Another program may use the port: choose one with --port or under 'server:' in millrace.yml.",
                    e);
        }
    }

    public int port() {
        return app.port();
    }

    private static void configure(JavalinConfig config, Services services) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = MOST_BYTES;
        config.http.generateEtags = false;
        config.jetty.threadPool = threads();
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendXPoweredBy(false);
        });
        config.jetty.modifyServer(server -> server.setStopTimeout(2_000));
        config.requestLogger.http((ctx, millis) -> services.metrics()
                .answered(ctx.method().name(), route(ctx), ctx.statusCode(), Duration.ofNanos((long) (millis * 1e6))));
        config.routes.before(ctx -> {
            HEADERS.forEach(ctx::header);
            ctx.header("Cache-Control", "no-store");
            services.guard().checkOrigin(ctx);
        });
        config.routes.beforeMatched(services.guard()::authorize);
        new Routes(services).register(config.routes);
        config.routes.exception(Exception.class, (e, ctx) -> answer(services, ctx, problem(e)));
        config.routes.error(404, ctx -> {
            if (ctx.attribute("answered") == null) {
                answer(services, ctx, HttpProblem.notFound("there is nothing at " + ctx.path()));
            }
        });
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool pool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        pool.setName("server");
        pool.setDaemon(true);
        return pool;
    }

    private static HttpProblem problem(Exception e) {
        if (e instanceof HttpResponseException refused) {
            return new HttpProblem(
                    refused.getStatus(), "HTTP_" + refused.getStatus(), String.valueOf(refused.getMessage()), null);
        }
        return Problems.of(e);
    }

    /** A page for a browser, JSON for everything else. */
    private static void answer(Services services, Context ctx, HttpProblem problem) {
        ctx.attribute("answered", true);
        boolean program = ctx.path().startsWith("/api/")
                || ctx.path().startsWith("/events/")
                || !String.valueOf(ctx.header("Accept")).contains("text/html");
        if (problem.status() == 401 && !program) {
            String to = ctx.method().name().equals("GET") ? ctx.path() : "/";
            ctx.redirect("/login?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
            return;
        }
        ctx.status(problem.status());
        if (problem.status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"millrace\"");
        }
        if (program) {
            ObjectNode body = JsonMapper.builder().build().createObjectNode();
            body.put("code", problem.code());
            body.put("message", problem.text());
            body.put("hint", problem.hint().orElse(null));
            Json.answer(ctx, body);
        } else {
            services.problemPage().show(ctx, problem);
        }
    }

    private static String route(Context ctx) {
        var endpoint = ctx.endpoints().lastHttpEndpoint();
        return endpoint == null ? "none" : endpoint.path;
    }

    /** Answers what has been asked, ends streams of events, and stops. */
    @Override
    public void close() {
        services.runStream().close();
        app.stop();
        services.close();
    }
}
