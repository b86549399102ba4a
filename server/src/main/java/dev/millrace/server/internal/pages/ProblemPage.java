package dev.millrace.server.internal.pages;

import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import java.util.Map;

/** What a browser is shown when its request is refused. */
public final class ProblemPage {
    private final Pages pages;

    public ProblemPage(Pages pages) {
        this.pages = pages;
    }

    public void show(Context ctx, HttpProblem problem) {
        pages.part(ctx, "problem.jte", Map.of("problem", problem, "assets", pages.assets()));
    }
}
