package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.context.TemplateErrors;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.relation.RelationPolicy;
import dev.millrace.transform.internal.relation.ResultRow;
import dev.millrace.transform.internal.relation.ResultTable;
import dev.millrace.transform.internal.resource.Freshness;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks a source's table when it was last loaded. Its result's details hold {@code max_loaded_at} and
 * {@code snapshotted_at} (Instants in text), {@code age} (seconds) and {@code timing}.
 */
public final class FreshnessStep implements Step {
    /** What dbt takes for the load of a table that has no rows. */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private final RunEnvironment runtime;
    private final SourceTable source;
    private final Freshness freshness;

    public FreshnessStep(RunEnvironment runtime, SourceTable source, Freshness freshness) {
        this.runtime = runtime;
        this.source = source;
        this.freshness = freshness;
    }

    @Override
    public StepResult run(StepContext step) {
        Instant begin = Instant.now();
        Resource operation = Operations.of(
                source.identity().owner(),
                source.identity().name(),
                source.relation(),
                source.identity().position());
        try (Connection connection =
                        new Connection(() -> runtime.warehouse().open(), text -> step.log(LogLevel.INFO, text));
                var ignored = step.onCancel(connection::cancel)) {
            Execution execution =
                    new Execution(runtime, operation, connection, runtime.relations(step.runId()), step::log, false);
            ResultRow row = ask(execution);
            Instant loaded = instant(row.item(0L));
            Instant asked = instant(row.item(1L));
            return judge(loaded, asked)
                    .with("timing", NodeStep.timing(begin, begin, Instant.now()))
                    .with("adapter_response", Map.of("_message", "OK"));
        } catch (JinjaException e) {
            throw TemplateErrors.of(
                    e,
                    source.identity().position(),
                    runtime.project(),
                    source.identity().packageName());
        } catch (MillraceException e) {
            throw e.position().isPresent() ? e : e.at(source.identity().position());
        }
    }

    private StepResult judge(Instant loaded, Instant asked) {
        Duration age = Duration.between(loaded, asked);
        Status status = freshness.judge(age);
        String message = loaded.equals(NEVER) ? "no rows" : "loaded at " + loaded + ", " + told(age) + " ago";
        return new StepResult(status, message, OptionalLong.empty(), OptionalLong.empty(), Map.of())
                .with("max_loaded_at", loaded.toString())
                .with("snapshotted_at", asked.toString())
                .with("age", age.toMillis() / 1e3);
    }

    private static String told(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1 ? age.toHours() + " hours" : Math.max(0, age.toMinutes()) + " minutes";
    }

    private ResultRow ask(Execution execution) {
        DbtRelation relation = DbtRelation.of(source.relation(), null)
                .withQuote(new RelationPolicy(
                        source.quoting().getOrDefault("database", true),
                        source.quoting().getOrDefault("schema", true),
                        source.quoting().getOrDefault("identifier", true)));
        Object query = source.extra().get("loaded_at_query");
        Object field = source.extra().get("loaded_at_field");
        if (query != null) {
            String sql = DbtJinja.ENVIRONMENT
                    .compile(String.valueOf(query), source.identity().display())
                    .render(execution.context());
            return call(execution, "collect_freshness_custom_sql", List.of(relation, sql));
        }
        if (field == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "it has a freshness limit, but nothing says when it was loaded",
                    source.identity().position(),
                    "Add loaded_at_field or loaded_at_query to the source or the table.",
                    null);
        }
        Object filter = freshness.filter().<Object>map(text -> text).orElse(None.NONE);
        return call(execution, "collect_freshness", List.of(relation, String.valueOf(field), filter));
    }

    private static ResultRow call(Execution execution, String name, List<Object> arguments) {
        Callable macro = execution.context().macro(name);
        if (macro == null) {
            throw new IllegalStateException("the macro '" + name + "' is missing");
        }
        Object answer = macro.call(Call.of(arguments, Map.of()));
        ResultTable table = answer instanceof PyDict dict && dict.get("table") instanceof ResultTable returned
                ? returned
                : execution.result(name);
        if (table == null || table.rows().size() != 1 || table.names().size() != 2) {
            throw new MillraceException(
                    ErrorCode.TEMPLATE_FAILED,
                    "'" + name + "' must give one row with max_loaded_at and snapshotted_at");
        }
        return table.rows().get(0);
    }

    /** A time without a zone is one of UTC, as in dbt. */
    private static Instant instant(@Nullable Object value) {
        if (value == null || value == None.NONE) {
            return NEVER;
        }
        String text = Values.str(value).replace(' ', 'T');
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException noZone) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException noTime) {
                throw new MillraceException(
                        ErrorCode.TYPE_NOT_MAPPED,
                        "the moment of loading must be a timestamp, but is '" + Values.str(value) + "'",
                        null,
                        "Cast it: loaded_at_field: \"loaded_on::timestamp\".",
                        noTime);
            }
        }
    }
}
