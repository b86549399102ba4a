package dev.millrace.server.internal.http;

import dev.millrace.server.Role;
import dev.millrace.server.ServerSettings;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may ask what. On loopback the Host header must name this machine, so that a web page cannot reach the
 * server under a name of its own (DNS rebinding); whatever changes something must come from the server's own pages or
 * from a program that is no browser (CSRF). Thread-safe.
 */
public final class Guard {
    static final String COOKIE = "millrace_session";
    private static final Set<String> LOCAL_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String BEARER = "bearer ";

    private final boolean loopback;
    private final Set<String> hosts;
    private final Tokens tokens;
    private final Sessions sessions;

    public Guard(ServerSettings settings, Clock clock) {
        loopback = settings.loopback();
        hosts = settings.hosts();
        tokens = new Tokens(settings.tokens());
        sessions = new Sessions(clock);
    }

    /** Checks where a request comes from; before anything is known of its route. */
    public void checkOrigin(Context ctx) {
        String host = Optional.ofNullable(ctx.header("Host")).orElse("").toLowerCase(Locale.ROOT);
        String name = withoutPort(host);
        if (loopback && !LOCAL_NAMES.contains(name) && !hosts.contains(name)) {
            throw new HttpProblem(
                    403,
                    "HOST_NOT_ALLOWED",
                    "this server does not answer to the name '" + name + "'",
                    "Use http://127.0.0.1, or add the name to 'hosts:' under 'server:' in millrace.yml.");
        }
        if (SAFE_METHODS.contains(ctx.method().name())) {
            return;
        }
        String origin = ctx.header("Origin");
        String site = ctx.header("Sec-Fetch-Site");
        boolean foreign = origin != null
                ? !authority(origin).equals(host) && !hosts.contains(withoutPort(authority(origin)))
                : site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign) {
            throw new HttpProblem(403, "ORIGIN_NOT_ALLOWED", "another site's page may not change anything here", null);
        }
    }

    /** Checks who asks, and whether they may; once the route is known. */
    public void authorize(Context ctx) {
        Optional<Principal> principal = principal(ctx);
        List<Access> needs = ctx.routeRoles().stream()
                .filter(Access.class::isInstance)
                .map(Access.class::cast)
                .toList();
        if (needs.isEmpty()) {
            throw new HttpProblem(403, "FORBIDDEN", "this address may not be used", null);
        }
        principal.ifPresent(who -> who.attach(ctx));
        Optional<Role> role = needs.get(0).role();
        if (role.isEmpty()) {
            return;
        }
        Principal who = principal.orElseThrow(() -> new HttpProblem(
                401,
                "UNAUTHENTICATED",
                "a token is needed",
                "Send it as 'Authorization: Bearer <token>', or log in at /login."));
        if (!who.role().includes(role.get())) {
            throw new HttpProblem(
                    403,
                    "FORBIDDEN",
                    "the role " + who.role().key() + " may not do this",
                    "It needs the role " + role.get().key() + ".");
        }
    }

    /** Whether somebody has to log in at all. */
    public boolean needsLogin() {
        return !tokens.isEmpty();
    }

    /** Logs a browser in; empty if there is no such token. */
    public Optional<Principal> login(Context ctx, String token) {
        Optional<Principal> principal = tokens.find(token);
        principal.ifPresent(who -> ctx.cookie(cookie(sessions.open(who), (int) Sessions.LIFE.toSeconds(), ctx)));
        return principal;
    }

    public void logout(Context ctx) {
        String id = ctx.cookie(COOKIE);
        if (id != null) {
            sessions.close(id);
        }
        ctx.cookie(cookie("", 0, ctx));
    }

    private Optional<Principal> principal(Context ctx) {
        if (tokens.isEmpty()) {
            return Optional.of(Principal.OWNER);
        }
        String header = ctx.header("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return tokens.find(header.substring(BEARER.length()).trim());
        }
        String id = ctx.cookie(COOKIE);
        return id == null ? Optional.empty() : sessions.find(id);
    }

    private static Cookie cookie(String value, int seconds, Context ctx) {
        Cookie cookie = new Cookie(COOKIE, value, "/", seconds);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setSecure("https".equals(ctx.header("X-Forwarded-Proto")));
        return cookie;
    }

    private static String authority(String origin) {
        int at = origin.indexOf("://");
        return at < 0 ? "" : origin.substring(at + 3).toLowerCase(Locale.ROOT);
    }

    private static String withoutPort(String host) {
        int bracket = host.lastIndexOf(']');
        int colon = host.lastIndexOf(':');
        return colon > bracket ? host.substring(0, colon) : host;
    }
}
