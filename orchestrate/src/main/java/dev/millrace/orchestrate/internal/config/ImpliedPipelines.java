package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.Position;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.orchestrate.internal.schedule.Schedule;
import dev.millrace.orchestrate.internal.schedule.Schedules;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The pipelines that nodes imply by a {@code schedule} in their configuration: a text, or a mapping of {@code cron},
 * {@code timezone}, {@code upstream} and {@code downstream}. The streams of one connection are one pipeline.
 */
final class ImpliedPipelines {
    private ImpliedPipelines() {}

    static Collection<Pipeline> of(Collection<Node> nodes) {
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        for (Node node : nodes) {
            boolean schedulable =
                    node.kind() == NodeKind.CONNECTION || node.kind() == NodeKind.SYNC || node.kind() == NodeKind.ASSET;
            if (schedulable && node.config().get("schedule") != null) {
                pipeline(node).ifPresent(pipeline -> pipelines.putIfAbsent(pipeline.name(), pipeline));
            }
        }
        return pipelines.values();
    }

    private static Optional<Pipeline> pipeline(Node node) {
        Object written = node.config().get("schedule");
        Map<?, ?> settings = written instanceof Map<?, ?> map ? map : Map.of();
        Object cron = settings.isEmpty() ? written : settings.get("cron");
        ZoneId zone = settings.get("timezone") == null
                ? ZoneOffset.UTC
                : Schedules.zone(String.valueOf(settings.get("timezone")), node.position());
        Schedule schedule = Schedules.parse(String.valueOf(cron), zone, node.position());
        if (schedule instanceof Schedule.Manual) {
            return Optional.empty();
        }
        String selector = node.kind().key() + ":" + name(node);
        String selection =
                (flag(settings, "upstream") ? "+" : "") + selector + (flag(settings, "downstream") ? "+" : "");
        PipelineStep step = new PipelineStep(
                selector,
                new PipelineStep.Select("build", selecting(selection, node.position())),
                List.of(),
                new StepPolicy(OptionalInt.empty(), Optional.empty(), Optional.empty()),
                node.position());
        return Optional.of(new Pipeline(
                selector,
                node.description(),
                schedule,
                Optional.empty(),
                Optional.empty(),
                false,
                1,
                Optional.empty(),
                Map.of(),
                List.of(step),
                Optional.empty(),
                true,
                node.position()));
    }

    private static String name(Node node) {
        Object connection = node.attributes().get("connection");
        return node.kind() == NodeKind.CONNECTION && connection != null ? String.valueOf(connection) : node.name();
    }

    private static boolean flag(Map<?, ?> settings, String key) {
        return Boolean.TRUE.equals(settings.get(key));
    }

    private static YamlMap selecting(String selection, Position position) {
        YamlScalar value = new YamlScalar(selection, selection, position);
        return new YamlMap(Map.of("select", new YamlMap.Entry(position, value)), position);
    }
}
