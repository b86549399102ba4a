package dev.millrace.server;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Secret;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code openlineage:} section of millrace.yml.
 *
 * @param file that events are appended to, one a line
 * @param url that events are posted to
 * @param apiKey sent as a bearer token with each
 * @param namespace of the jobs
 */
public record OpenLineageSettings(Optional<Path> file, Optional<URI> url, Optional<Secret> apiKey, String namespace) {
    /**
     * Reads the section; empty if there is none.
     *
     * @throws MillraceException CONFIG_INVALID or CONFIG_MISSING at its place
     */
    public static Optional<OpenLineageSettings> of(Project project) {
        return project.settings().map("openlineage").map(project::render).map(yaml -> read(project, yaml));
    }

    private static OpenLineageSettings read(Project project, YamlMap yaml) {
        yaml.allowOnly(List.of("file", "url", "api_key", "namespace"));
        Optional<Path> file =
                yaml.string("file").map(name -> project.root().resolve(name).normalize());
        Optional<URI> url = yaml.string("url").map(text -> address(text, yaml.positionOf("url")));
        if (file.isEmpty() && url.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "'openlineage' names neither a file nor a url",
                    yaml.position(),
                    "Add 'file: target/openlineage.ndjson', or 'url: https://…/api/v1/lineage'.",
                    null);
        }
        return new OpenLineageSettings(
                file,
                url,
                yaml.string("api_key").map(Secret::of),
                yaml.string("namespace").orElse("millrace"));
    }

    private static URI address(String text, @Nullable Position position) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like an address of another kind.
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'url' must be an http or https address, but is '" + text + "'",
                position,
                null,
                null);
    }
}
