package dev.millrace.server.internal.http;

import dev.millrace.server.Role;
import io.javalin.http.Context;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param anonymous whether the server has no tokens and takes everybody for its owner
 */
public record Principal(String name, Role role, boolean anonymous) {
    static final Principal OWNER = new Principal("local", Role.ADMIN, true);
    private static final String KEY = "principal";

    void attach(Context ctx) {
        ctx.attribute(KEY, this);
    }

    /** Who sent a request that has passed {@link Guard}. */
    public static Principal of(Context ctx) {
        return Objects.requireNonNull(ctx.<Principal>attribute(KEY), "a route without a guard");
    }
}
