package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.jinja.JinjaException;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.context.Log;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.resource.Fixture;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.UnitTest;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a model's query on the rows of a unit test and compares what it gives with what is expected. */
final class UnitTestStep implements Step {
    private final RunEnvironment runtime;
    private final UnitTest test;

    UnitTestStep(RunEnvironment runtime, UnitTest test) {
        this.runtime = runtime;
        this.test = test;
    }

    @Override
    public StepResult run(StepContext step) {
        Instant begin = Instant.now();
        try (Connection connection =
                        new Connection(() -> runtime.warehouse().open(), text -> step.log(LogLevel.INFO, text));
                var ignored = step.onCancel(connection::cancel)) {
            Run run = new Run(connection, runtime.relations(step.runId()), step::log);
            String sql = compile(run, test.overrides(), UnitTestInputs::self);
            runtime.keep(test.id(), new Compiled(sql, sql, List.of()));
            runtime.files().writeCompiled(test, sql);
            Instant ready = Instant.now();
            return judge(compare(connection.session(), sql))
                    .with("timing", NodeStep.timing(begin, ready, Instant.now()))
                    .with("adapter_response", Map.of("_message", "OK"));
        } catch (MillraceException e) {
            throw e.at(test.identity().position());
        }
    }

    /** What a test is compiled with. */
    private record Run(Connection connection, RelationCache relations, Log log) {}

    /**
     * The model's SQL with the given rows laid in, once the expected rows have been found to fit it.
     *
     * @throws MillraceException if rows name what is not there
     */
    String verified(Connection connection) {
        try {
            String sql = compile(
                    new Run(connection, runtime.relations(""), (level, message) -> {}),
                    test.overrides(),
                    UnitTestInputs::self);
            if (test.expect().sql() == null) {
                new FixtureSql(test.expect(), UnitTestInputs.columnsOf(connection.session(), sql)).named();
            }
            return sql;
        } catch (MillraceException e) {
            throw e.at(test.identity().position());
        }
    }

    /** The model's SQL with the given rows laid in. */
    private String compile(Run run, UnitTest.Overrides overrides, Function<UnitTestInputs, DbtRelation> self) {
        Resource model = test.tested();
        Execution execution = new Execution(runtime, model, run.connection(), run.relations(), run.log(), false);
        UnitTestInputs inputs =
                new UnitTestInputs(runtime, test, run.connection().session(), () -> ownColumns(run));
        execution.context().set("ref", inputs.ref());
        execution.context().set("source", inputs.source());
        UnitTestNames.lay(overrides, execution.context());
        execution.context().set("this", self.apply(inputs));
        SqlCompiler compiler = new SqlCompiler(runtime);
        try {
            return Cte.inject(compiler.renderFile(execution, model), inputs.ctes());
        } catch (JinjaException e) {
            throw compiler.failure(e, model, execution.context());
        }
    }

    /** What the model gives when it is built for the first time. */
    private List<Column> ownColumns(Run run) {
        if (test.overrides().macros().getOrDefault("is_incremental", false) instanceof Boolean incremental
                && !incremental) {
            throw new MillraceException(
                    ErrorCode.RELATION_NOT_FOUND,
                    "the model has not been built, so the types of the rows given for this are not known",
                    test.identity().position(),
                    "Build the model first, or give the rows with format: sql.",
                    null);
        }
        UnitTest.Overrides first = new UnitTest.Overrides(
                Map.of("is_incremental", false),
                test.overrides().vars(),
                test.overrides().envVars());
        return UnitTestInputs.columnsOf(
                run.connection().session(),
                compile(run, first, inputs -> DbtRelation.of(test.tested().relation(), null)));
    }

    private UnitTestDiff compare(Session session, String sql) {
        List<Column> columns = UnitTestInputs.columnsOf(session, sql);
        Fixture expect = test.expect();
        List<Column> compared;
        String expected;
        if (expect.sql() == null) {
            FixtureSql rows = new FixtureSql(expect, columns);
            compared = rows.named();
            expected = rows.onlyNamed();
        } else {
            expected = expect.sql();
            compared = UnitTestInputs.columnsOf(session, expected);
        }
        String names = String.join(
                ", ",
                compared.stream()
                        .map(column -> FixtureSql.quoted(column.name()))
                        .toList());
        Table answer = session.query("select " + names + ", 'actual' as actual_or_expected from (\n" + sql
                + "\n) as actual union all select " + names + ", 'expected' from (\n" + expected + "\n) as expected");
        List<List<@Nullable String>> actualRows = new ArrayList<>();
        List<List<@Nullable String>> expectedRows = new ArrayList<>();
        for (List<@Nullable Object> row : answer.rows()) {
            List<@Nullable String> texts = new ArrayList<>();
            row.subList(0, compared.size()).forEach(value -> texts.add(text(value)));
            ("actual".equals(row.get(compared.size())) ? actualRows : expectedRows).add(texts);
        }
        return UnitTestDiff.of(compared.stream().map(Column::name).toList(), expectedRows, actualRows);
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return java.util.HexFormat.of().formatHex(bytes);
        }
        return value == null ? null : value.toString();
    }

    private static StepResult judge(UnitTestDiff diff) {
        int different = diff.different();
        return different == 0
                ? new StepResult(Status.PASS, "", OptionalLong.empty(), OptionalLong.of(0), Map.of())
                : new StepResult(Status.FAIL, diff.toString(), OptionalLong.empty(), OptionalLong.of(1), Map.of());
    }
}
