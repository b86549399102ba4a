package dev.millrace.server.internal.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32;

/**
 * Files for the browser, all from this program: nothing is loaded from elsewhere. Their address changes with their
 * content, so a browser keeps them for good. Immutable and thread-safe.
 */
public final class Assets {
    private static final String OWN = "/dev/millrace/server/assets/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";

    private record Asset(String content, String type) {}

    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final String version;

    public Assets() {
        add("millrace.css", OWN + "millrace.css", "text/css");
        add("millrace.js", OWN + "millrace.js", "text/javascript");
        add("graph.js", OWN + "graph.js", "text/javascript");
        add("theme.js", OWN + "theme.js", "text/javascript");
        add("icon.svg", OWN + "icon.svg", "image/svg+xml");
        add("htmx.js", WEBJARS + "htmx.org/" + version("htmx.org") + "/dist/htmx.min.js", "text/javascript");
        CRC32 sum = new CRC32();
        assets.values().forEach(asset -> sum.update(asset.content().getBytes(StandardCharsets.UTF_8)));
        version = Long.toHexString(sum.getValue());
    }

    /** The address of a file, such as {@code /assets/1f3a/millrace.css}. */
    public String path(String name) {
        if (!assets.containsKey(name)) {
            throw new IllegalArgumentException(name);
        }
        return "/assets/" + version + "/" + name;
    }

    public void serve(Context ctx) {
        Asset asset = assets.get(ctx.pathParam("name"));
        if (asset == null) {
            throw HttpProblem.notFound("there is no such file");
        }
        ctx.header("Cache-Control", "public, max-age=31536000, immutable");
        ctx.contentType(asset.type() + "; charset=utf-8").result(asset.content());
    }

    /** The version of a WebJar that the build has brought along. */
    private static String version(String artifact) {
        String resource = "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not there");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String name, String resource, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not there");
            }
            assets.put(name, new Asset(new String(in.readAllBytes(), StandardCharsets.UTF_8), type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
