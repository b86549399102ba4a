package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.relation.ResultRow;
import dev.millrace.transform.internal.relation.ResultTable;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Session;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Runs a test and judges its answer by the test's severity (docs.getdbt.com/reference/resource-configs/severity). */
final class TestStep extends NodeStep {
    TestStep(RunEnvironment runtime, Resource resource) {
        super(runtime, resource);
    }

    @Override
    void prepare(Session session, RelationCache relations) {
        if (storesFailures(resource.config())) {
            super.prepare(session, relations);
        }
    }

    private static boolean storesFailures(Config config) {
        String as = config.text("store_failures_as");
        return as == null ? config.bool("store_failures", false) : !as.equals("ephemeral");
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
        return new StepResult(Status.PASS, "", OptionalLong.empty(), OptionalLong.of(failures), Map.of());
    }

    private static StepResult result(Status status, long failures, String verb, String condition) {
        String message = "Got " + failures + (failures == 1 ? " result" : " results") + ", configured to " + verb
                + " if " + condition;
        return new StepResult(status, message, OptionalLong.empty(), OptionalLong.of(failures), Map.of());
    }
}
