package dev.millrace.quality.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.project.Target;
import dev.millrace.quality.internal.expectation.Finding;
import dev.millrace.quality.internal.expectation.Question;
import dev.millrace.quality.internal.expectation.Subject;
import dev.millrace.quality.internal.expectation.Words;
import dev.millrace.quality.internal.suite.Suite;
import dev.millrace.quality.internal.suite.SuiteEntry;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import dev.millrace.warehouse.check.CheckStep;
import dev.millrace.warehouse.check.Checks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** The step of an expectation: asks, with the other checks of its relation, judges, and looks for examples. */
public final class ExpectationStep implements CheckStep {
    /** Under which key of a result's details its {@link Outcome} stands, as plain values. */
    public static final String OUTCOME = "expectation";

    /** Questions that runs cut short have left behind. */
    private static final int UNTAKEN = 16;

    private final Map<String, Question> planned = new ConcurrentHashMap<>();
    private final Warehouses warehouses;
    private final Target target;
    private final Catalogue catalogue;
    private final Suite suite;
    private final SuiteEntry entry;

    public ExpectationStep(Warehouses warehouses, Target target, Catalogue catalogue, Suite suite, SuiteEntry entry) {
        this.warehouses = warehouses;
        this.target = target;
        this.catalogue = catalogue;
        this.suite = suite;
        this.entry = entry;
    }

    @Override
    public RelationName relation() {
        return suite.subject().relation().orElseThrow();
    }

    @Override
    public boolean combines() {
        return true;
    }

    @Override
    public List<CheckQuery> queries(Session session, String runId) {
        Question question = question(session, runId);
        if (planned.size() > UNTAKEN) {
            planned.clear();
        }
        planned.put(runId, question);
        return question.queries();
    }

    private Question question(Session session, String runId) {
        Catalogue.Looked looked = catalogue.look(session, relation(), runId);
        return entry.expectation()
                .of(new Subject(relation(), looked.type(session), looked.columns(), session.dialect(), entry.rows()));
    }

    @Override
    public StepResult run(StepContext context) {
        try {
            return result(ask(context));
        } catch (MillraceException e) {
            MillraceException placed = e.at(entry.position());
            boolean warns = !entry.blocking()
                    && (e.code().category() == ErrorCode.Category.DATA
                            || (e.code().category() == ErrorCode.Category.USER && e.code() != ErrorCode.CANCELLED));
            if (!warns) {
                throw placed;
            }
            return result(Outcome.failed(placed));
        }
    }

    private Outcome ask(StepContext context) {
        Warehouse warehouse = warehouses.warehouse(target);
        Optional<CheckAnswers> together = warehouses.checks().together(context, this, warehouse);
        Question asked = planned.remove(context.runId());
        if (together.isPresent() && asked != null) {
            Finding finding = asked.judge(together.get());
            if (!asked.looks() && !Evaluation.shows(finding)) {
                return Outcome.of(finding, together.get().elapsed());
            }
        }
        try (Session session = warehouse.open();
                StepContext.Registration ignored = context.onCancel(session::cancel)) {
            Question question = asked == null ? question(session, context.runId()) : asked;
            CheckAnswers answers = together.orElseGet(() -> Checks.ask(session, question.queries()));
            return Evaluation.outcome(session, question, answers);
        }
    }

    private StepResult result(Outcome outcome) {
        Status status = switch ((outcome.success() ? "met" : entry.severity())) {
            case "met" -> Status.PASS;
            case "critical" -> Status.FAIL;
            default -> Status.WARN;
        };
        OptionalLong failures = outcome.unexpected();
        String message = outcome.success() ? "" : outcome.message(Words.of(entry.type(), entry.kwargs()));
        return new StepResult(status, message, OptionalLong.empty(), failures, Map.of(OUTCOME, outcome.plain()));
    }

    /** What is written of it in results: suite, relation, type, arguments. */
    public Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("suite", suite.name());
        description.put("file", suite.file());
        description.put("relation", relation().toString());
        description.put("type", entry.type().name());
        description.put("kwargs", entry.kwargs().toJava());
        description.put("severity", entry.severity());
        description.put("words", Words.of(entry.type(), entry.kwargs()));
        description.put("notes", entry.notes());
        return description;
    }
}
