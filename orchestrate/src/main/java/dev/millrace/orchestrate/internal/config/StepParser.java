package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.core.select.Selector;
import dev.millrace.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads one step of a pipeline. */
final class StepParser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final List<String> COMMON =
            List.of("name", "description", "depends_on", "retries", "retry_delay", "timeout");
    private static final List<String> SELECT = List.of("command", "select", "exclude");
    private static final List<String> SHELL = List.of("shell", "env", "working_dir");
    private static final List<String> HTTP = List.of("http");
    private static final List<String> HTTP_KEYS = List.of("url", "method", "headers", "body", "expect_status");
    private static final List<String> COMMANDS = List.of("build", "ingest", "seed", "run", "test", "sync");

    private final UnaryOperator<YamlMap> render;
    private final StepPolicy policy;

    /** @param policy what holds for steps that do not say otherwise */
    StepParser(UnaryOperator<YamlMap> render, StepPolicy policy) {
        this.render = render;
        this.policy = policy;
    }

    PipelineStep parse(YamlMap written) {
        YamlMap map = render.apply(written);
        return new PipelineStep(
                name(map),
                work(written, map),
                map.strings("depends_on"),
                StepPolicy.read(map).orElse(policy),
                written.require("name").position());
    }

    /** The only step of a pipeline without steps. */
    PipelineStep single(YamlMap pipeline, String name) {
        return new PipelineStep(
                name,
                select(pipeline),
                List.of(),
                policy,
                pipeline.require("name").position());
    }

    static String name(YamlMap map) {
        String name = map.requireString("name");
        if (!NAME.matcher(name).matches()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + name + "' cannot be a name",
                    map.require("name").position(),
                    "Use letters, digits, '_', '-' and '.'.",
                    null);
        }
        return name;
    }

    private static PipelineStep.Work work(YamlMap written, YamlMap map) {
        if (written.has("shell")) {
            allow(written, SHELL);
            written.requireString("shell");
            written.map("env");
            return new PipelineStep.Shell(written);
        }
        if (written.has("http")) {
            allow(written, HTTP);
            YamlMap http = written.map("http").orElseThrow();
            http.allowOnly(HTTP_KEYS);
            http.requireString("url");
            http.map("headers");
            return new PipelineStep.Http(http);
        }
        if (written.has("select") || written.has("command")) {
            allow(written, SELECT);
            return select(written);
        }
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(SELECT);
        all.addAll(SHELL);
        all.addAll(HTTP);
        written.allowOnly(all);
        throw new MillraceException(
                ErrorCode.CONFIG_MISSING,
                "step '" + map.requireString("name") + "' does not say what it does",
                written.position(),
                "Add one of 'select:', 'command:', 'shell:' and 'http:'.",
                null);
    }

    private static PipelineStep.Select select(YamlMap written) {
        String command = written.string("command").orElse("build");
        if (!COMMANDS.contains(command)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + command + "' is no command of a step",
                    written.require("command").position(),
                    "Use one of " + String.join(", ", COMMANDS) + ", or 'shell:' for a program.",
                    null);
        }
        checkGrammar(written, "select");
        checkGrammar(written, "exclude");
        return new PipelineStep.Select(command, written);
    }

    /** What holds templates is checked when it is rendered. */
    private static void checkGrammar(YamlMap written, String key) {
        List<String> arguments = written.strings(key).stream()
                .filter(text -> text.indexOf('{') < 0)
                .toList();
        try {
            new Selector(new GraphBuilder().build(), "", IndirectSelection.EMPTY, unmatched -> {})
                    .select(arguments, List.of());
        } catch (MillraceException e) {
            throw e.at(written.require(key).position());
        }
    }

    private static void allow(YamlMap written, List<String> keys) {
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(keys);
        written.allowOnly(all);
    }
}
