package dev.millrace.server.internal.http;

import dev.millrace.server.Role;
import io.javalin.security.RouteRole;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it takes to use a route. A route that does not say is refused. */
public enum Access implements RouteRole {
    /** Anybody who reaches the server: the login page and files for the browser. */
    PUBLIC(null),
    VIEWER(Role.VIEWER),
    OPERATOR(Role.OPERATOR),
    ADMIN(Role.ADMIN);

    private final @Nullable Role role;

    Access(@Nullable Role role) {
        this.role = role;
    }

    /** Empty if no token is needed. */
    Optional<Role> role() {
        return Optional.ofNullable(role);
    }
}
