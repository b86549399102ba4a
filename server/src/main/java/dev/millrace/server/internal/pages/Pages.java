package dev.millrace.server.internal.pages;

import dev.millrace.core.project.Project;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.http.Assets;
import dev.millrace.server.internal.http.Principal;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;

/** Renders templates. Thread-safe. */
public final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Platform platform;
    private final Assets assets;
    private final String version;

    public Pages(Platform platform, Assets assets, String version) {
        this.platform = platform;
        this.assets = assets;
        this.version = version;
    }

    public Assets assets() {
        return assets;
    }

    Shell shell(Context ctx, String title, String section) {
        Project project = platform.project();
        return new Shell(
                title,
                section,
                project.name(),
                project.target().profile() + "." + project.target().name(),
                Principal.of(ctx),
                assets,
                version);
    }

    /** Answers with a page: {@code title} and {@code section} are its place in the navigation. */
    void page(Context ctx, String template, String title, String section, Map<String, ?> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("shell", shell(ctx, title, section));
        part(ctx, template, all);
    }

    /** Answers with a part of a page. */
    void part(Context ctx, String template, Map<String, ?> model) {
        StringOutput output = new StringOutput(16 * 1024);
        engine.render(template, new HashMap<>(model), output);
        ctx.html(output.toString());
    }
}
