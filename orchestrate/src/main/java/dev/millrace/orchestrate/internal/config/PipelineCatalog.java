package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pipelines of a project by name: those of pipelines.yml in the order of the file, then the implied ones.
 * Immutable.
 */
public final class PipelineCatalog {
    private static final String FILE = "pipelines.yml";

    private final Map<String, Pipeline> pipelines;
    private final Optional<YamlMap> alerts;

    private PipelineCatalog(Map<String, Pipeline> pipelines, Optional<YamlMap> alerts) {
        this.pipelines = Collections.unmodifiableMap(pipelines);
        this.alerts = alerts;
    }

    /**
     * @param nodes of the project's graph, which may imply pipelines
     * @throws MillraceException with everything that is wrong, at its place
     */
    public static PipelineCatalog read(Project project, Collection<Node> nodes) {
        Problems problems = new Problems();
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        problems.collect(() -> project.file(FILE).ifPresent(file -> {
            file.allowOnly(List.of("version", "pipelines"));
            for (YamlMap written : file.maps("pipelines")) {
                problems.collect(() -> add(pipelines, new PipelineParser(project).parse(written)));
            }
        }));
        problems.collect(() -> {
            for (Pipeline pipeline : ImpliedPipelines.of(nodes)) {
                pipelines.putIfAbsent(pipeline.name(), pipeline);
            }
        });
        Optional<YamlMap> alerts = Optional.empty();
        try {
            alerts = project.settings().map("alerts");
            alerts.ifPresent(AlertKeys::check);
        } catch (MillraceException e) {
            problems.add(e);
        }
        problems.throwIfAny();
        return new PipelineCatalog(pipelines, alerts);
    }

    private static void add(Map<String, Pipeline> pipelines, Pipeline pipeline) {
        Pipeline other = pipelines.putIfAbsent(pipeline.name(), pipeline);
        if (other != null) {
            throw new MillraceException(
                    ErrorCode.NODE_DUPLICATE,
                    "two pipelines are named '" + pipeline.name() + "'; the other stands at " + other.position(),
                    pipeline.position(),
                    "Rename one of them.",
                    null);
        }
    }

    public List<Pipeline> all() {
        return new ArrayList<>(pipelines.values());
    }

    public Optional<Pipeline> find(String name) {
        return Optional.ofNullable(pipelines.get(name));
    }

    /** @throws MillraceException PIPELINE_NOT_FOUND */
    public Pipeline require(String name) {
        return find(name)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.PIPELINE_NOT_FOUND,
                        "there is no pipeline '" + name + "'",
                        pipelines.isEmpty() ? Position.ofFile(FILE) : null,
                        Suggestion.hint(name, pipelines.keySet()),
                        null));
    }

    /** Who hears how runs of a pipeline end, not rendered; of runs without a pipeline nobody hears. */
    public Optional<YamlMap> alerts(Pipeline pipeline) {
        return pipeline.alerts().or(() -> alerts);
    }

    /** {@code alerts.url} of millrace.yml: where people find the pages of this server. */
    public Optional<String> baseUrl() {
        return alerts.flatMap(map -> map.string("url"));
    }
}
