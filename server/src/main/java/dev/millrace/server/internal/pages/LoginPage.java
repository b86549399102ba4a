package dev.millrace.server.internal.pages;

import dev.millrace.server.Platform;
import dev.millrace.server.internal.http.Guard;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Logs browsers in and out. */
public final class LoginPage {
    private final Platform platform;
    private final Pages pages;
    private final Guard guard;

    public LoginPage(Platform platform, Pages pages, Guard guard) {
        this.platform = platform;
        this.pages = pages;
        this.guard = guard;
    }

    public void show(Context ctx) {
        show(ctx, local(ctx.queryParam("to")), "");
    }

    public void login(Context ctx) {
        String to = local(ctx.formParam("to"));
        String token = Objects.requireNonNullElse(ctx.formParam("token"), "").trim();
        if (guard.login(ctx, token).isPresent()) {
            ctx.redirect(to);
        } else {
            ctx.status(401);
            show(ctx, to, "This token is not known.");
        }
    }

    public void logout(Context ctx) {
        guard.logout(ctx);
        ctx.redirect("/login");
    }

    private void show(Context ctx, String to, String problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("project", platform.project().name());
        model.put("assets", pages.assets());
        model.put("to", to);
        model.put("problem", problem);
        pages.part(ctx, "login.jte", model);
    }

    /** A path of this server; never an address elsewhere. */
    private static String local(@org.jspecify.annotations.Nullable String to) {
        return Optional.ofNullable(to)
                .filter(path -> path.startsWith("/") && !path.startsWith("//") && !path.contains("\\"))
                .orElse("/");
    }
}
