package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.orchestrate.internal.schedule.Schedule;
import dev.millrace.orchestrate.internal.schedule.Schedules;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one pipeline of pipelines.yml. */
final class PipelineParser {
    private static final List<String> KEYS = List.of(
            "name",
            "description",
            "schedule",
            "timezone",
            "start_date",
            "end_date",
            "catchup",
            "max_active_runs",
            "retries",
            "retry_delay",
            "timeout",
            "vars",
            "alerts",
            "steps",
            "command",
            "select",
            "exclude");
    /** Rendered for each run rather than when the file is read: they may need secrets or a run's variables. */
    private static final Set<String> LATE =
            Set.of("steps", "alerts", "select", "exclude", "shell", "env", "working_dir", "http", "vars");

    private final Project project;

    PipelineParser(Project project) {
        this.project = project;
    }

    Pipeline parse(YamlMap written) {
        written.allowOnly(KEYS);
        YamlMap map = early(written);
        String name = StepParser.name(map);
        Position position = written.require("name").position();
        Schedule schedule = schedule(map);
        StepPolicy policy = StepPolicy.read(without(map, "timeout"));
        written.map("alerts").ifPresent(AlertKeys::check);
        return new Pipeline(
                name,
                map.string("description").orElse(""),
                schedule,
                Dates.read(map, "start_date", schedule.zone()),
                Dates.read(map, "end_date", schedule.zone()),
                map.bool("catchup").orElse(false),
                Numbers.atLeast(map, "max_active_runs", 1).orElse(1),
                StepPolicy.duration(map, "timeout"),
                written.map("vars").map(vars -> project.render(vars).toJava()).orElse(Map.of()),
                steps(written, name, policy),
                written.map("alerts"),
                false,
                position);
    }

    private List<PipelineStep> steps(YamlMap written, String name, StepPolicy policy) {
        StepParser parser = new StepParser(this::early, policy);
        if (!written.has("steps")) {
            if (!written.has("select") && !written.has("command")) {
                throw new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "pipeline '" + name + "' does not say what it does",
                        written.require("name").position(),
                        "Add 'select:' with the nodes to build, or 'steps:'.",
                        null);
            }
            return List.of(parser.single(written, name));
        }
        for (String key : List.of("select", "exclude", "command")) {
            if (written.has(key)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'" + key + "' cannot stand beside 'steps'",
                        written.positionOf(key),
                        "Move it into a step.",
                        null);
            }
        }
        List<PipelineStep> steps =
                written.maps("steps").stream().map(parser::parse).toList();
        StepOrder.check(written, steps);
        return steps;
    }

    private static Schedule schedule(YamlMap map) {
        Optional<YamlNode> node = map.get("schedule");
        ZoneId outer = zone(map, "timezone").orElse(ZoneOffset.UTC);
        if (node.isEmpty()) {
            return Schedules.manual();
        }
        if (node.get() instanceof YamlScalar scalar) {
            return Schedules.parse(scalar.text(), outer, scalar.position());
        }
        YamlMap inner = map.map("schedule").orElseThrow();
        inner.allowOnly(List.of("cron", "timezone"));
        return Schedules.parse(
                inner.requireString("cron"),
                zone(inner, "timezone").orElse(outer),
                inner.require("cron").position());
    }

    private static Optional<ZoneId> zone(YamlMap map, String key) {
        return map.string(key).map(name -> Schedules.zone(name, map.require(key).position()));
    }

    private YamlMap early(YamlMap written) {
        return project.render(without(written, LATE.toArray(String[]::new)));
    }

    private static YamlMap without(YamlMap map, String... keys) {
        Map<String, YamlMap.Entry> rest = new LinkedHashMap<>(map.entries());
        List.of(keys).forEach(rest::remove);
        return new YamlMap(rest, map.position());
    }
}
