package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.relation.ResultRow;
import dev.millrace.transform.internal.relation.ResultTable;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.TestInfo;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import dev.millrace.warehouse.check.CheckStep;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs a test and judges its answer by the test's severity (docs.getdbt.com/reference/resource-configs/severity). */
final class TestStep extends NodeStep implements CheckStep {
    private static final List<String> ANSWER = List.of("failures", "should_warn", "should_error");

    /** Plans that runs cut short have left behind. */
    private static final int UNTAKEN = 16;

    private final Map<String, Planned> planned = new ConcurrentHashMap<>();

    /** What was made of the test before it ran: by the step that asks for several tests at once. */
    private record Planned(CheckQuery query, List<Said> said, Instant begin, Instant compiled) {}

    /** Something a template said. */
    private record Said(LogLevel level, String message) {}

    TestStep(RunEnvironment runtime, Resource resource) {
        super(runtime, resource);
    }

    @Override
    void prepare(Session session, RelationCache relations) {
        if (storesFailures(resource.config())) {
            super.prepare(session, relations);
        }
    }

    private boolean storesFailures(Config config) {
        String as = config.text("store_failures_as");
        boolean asked = Boolean.TRUE.equals(
                runtime.project().project().invocation().flags().get("STORE_FAILURES"));
        return as == null ? config.bool("store_failures", asked) : !as.equals("ephemeral");
    }

    @Override
    public RelationName relation() {
        TestInfo test = resource.test();
        List<NodeId> inputs = resource.dependencies().nodes();
        NodeId attached = test == null ? null : test.attachedNode();
        NodeId tested = attached != null || inputs.isEmpty() ? attached : inputs.get(0);
        Resource model = tested == null ? null : runtime.manifest().resources().get(tested);
        SourceTable source =
                tested == null ? null : runtime.manifest().sources().get(tested);
        if (model != null) {
            return model.relation();
        }
        return source == null ? resource.relation() : source.relation();
    }

    /** Whether only the answer of its query counts, which then need not be a statement of its own. */
    @Override
    public boolean combines() {
        Macro macro = runtime.project().macros().materialization("test");
        return macro != null && macro.packageName().equals("dbt") && !storesFailures(resource.config());
    }

    @Override
    public List<CheckQuery> queries(Session session, String runId) {
        Instant begin = Instant.now();
        List<Said> said = new ArrayList<>();
        try (Connection connection =
                new Connection(() -> runtime.warehouse().open(), text -> said.add(new Said(LogLevel.INFO, text)))) {
            Execution execution = new Execution(
                    runtime,
                    resource,
                    connection,
                    runtime.relations(runId),
                    (level, message) -> said.add(new Said(level, message)),
                    resource.test() == null);
            Compiled compiled = compile(execution);
            Instant ready = Instant.now();
            String sql = answerSql(execution, compiled.sql());
            runtime.files().writeRun(resource, sql);
            CheckQuery query = new CheckQuery.Row(sql, ANSWER);
            if (planned.size() > UNTAKEN) {
                planned.clear();
            }
            planned.put(runId, new Planned(query, said, begin, ready));
            return List.of(query);
        } catch (JinjaException e) {
            throw new MillraceException(ErrorCode.TEMPLATE_FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** The query that counts what the test {@code sql} finds, as the macro {@code get_test_sql} writes it. */
    private String answerSql(Execution execution, String sql) {
        Macro macro = runtime.project().macros().find("get_test_sql", resource.packageName());
        if (macro == null) {
            throw new IllegalStateException("the macro 'get_test_sql' is missing");
        }
        Config config = resource.config();
        List<Object> arguments = new ArrayList<>();
        arguments.add(sql);
        for (String key : List.of("fail_calc", "warn_if", "error_if", "limit")) {
            Object value = config.values().get(key);
            arguments.add(value == null ? None.NONE : Values.fromJava(value));
        }
        return Values.str(execution.bind(macro).call(Call.of(arguments, Map.of())));
    }

    @Override
    public StepResult run(StepContext step) {
        Optional<CheckAnswers> answers = runtime.checks().together(step, this, runtime.warehouse());
        Planned plan = planned.remove(step.runId());
        if (answers.isEmpty() || plan == null) {
            return super.run(step);
        }
        plan.said().forEach(one -> step.log(one.level(), one.message()));
        List<@Nullable String> row = answers.get().row(plan.query());
        String failures = row.get(0);
        return judge(
                        failures == null ? 0 : new BigDecimal(failures).longValue(),
                        truth(String.valueOf(row.get(1))),
                        truth(String.valueOf(row.get(2))))
                .with("timing", timing(plan.begin(), plan.compiled(), Instant.now()))
                .with("adapter_response", Map.of("_message", "OK"));
    }

    @Override
    StepResult execute(Execution execution, Compiled compiled, StepContext step) {
        Macro macro = runtime.project().macros().materialization("test");
        if (macro == null) {
            throw new IllegalStateException("the materialization 'test' is missing");
        }
        execution.bind(macro).call(Call.of());
        ResultTable answer = execution.result("main");
        if (answer == null || answer.rows().size() != 1 || answer.names().size() < 3) {
            throw new MillraceException(
                    ErrorCode.TEMPLATE_FAILED,
                    "the test's query must give one row with failures, should_warn and should_error",
                    resource.identity().position(),
                    null,
                    null);
        }
        ResultRow row = answer.rows().get(0);
        return judge(number(row.item("failures")), truth(row.item("should_warn")), truth(row.item("should_error")));
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static boolean truth(Object value) {
        if (value instanceof String text) {
            return text.equalsIgnoreCase("true") || text.equals("1");
        }
        return value != None.NONE && Values.truth(value);
    }

    private StepResult judge(long failures, boolean shouldWarn, boolean shouldError) {
        Config config = resource.config();
        boolean severe =
                config.text("severity", "ERROR").toUpperCase(Locale.ROOT).equals("ERROR");
        if (severe && shouldError) {
            return result(Status.FAIL, failures, "fail", config.text("error_if", "!= 0"));
        }
        if (shouldWarn) {
            return result(Status.WARN, failures, "warn", config.text("warn_if", "!= 0"));
        }
        // As in dbt, what a passing test found is not counted: its conditions allow it.
        return new StepResult(Status.PASS, "", OptionalLong.empty(), OptionalLong.of(0), Map.of());
    }

    private static StepResult result(Status status, long failures, String verb, String condition) {
        String message = "Got " + failures + (failures == 1 ? " result" : " results") + ", configured to " + verb
                + " if " + condition;
        return new StepResult(status, message, OptionalLong.empty(), OptionalLong.of(failures), Map.of());
    }
}
