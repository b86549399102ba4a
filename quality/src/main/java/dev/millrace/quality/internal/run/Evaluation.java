package dev.millrace.quality.internal.run;

import dev.millrace.core.graph.RelationName;
import dev.millrace.quality.internal.expectation.Finding;
import dev.millrace.quality.internal.expectation.Question;
import dev.millrace.quality.internal.expectation.Subject;
import dev.millrace.quality.internal.suite.SuiteEntry;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import dev.millrace.warehouse.check.Checks;
import java.util.ArrayList;
import java.util.List;

/** Expectations of one relation asked outside any run, in one statement. */
public final class Evaluation {
    private Evaluation() {}

    /** The outcomes in the order of the entries. */
    public static List<Outcome> of(Session session, RelationName relation, List<SuiteEntry> entries) {
        Catalogue.Looked looked = new Catalogue().look(session, relation, "");
        List<Question> questions = new ArrayList<>();
        List<CheckQuery> queries = new ArrayList<>();
        for (SuiteEntry entry : entries) {
            Question question = entry.expectation()
                    .of(new Subject(relation, looked.type(session), looked.columns(), session.dialect(), entry.rows()));
            questions.add(question);
            queries.addAll(question.queries());
        }
        CheckAnswers answers = Checks.ask(session, queries);
        return questions.stream()
                .map(question -> outcome(session, question, answers))
                .toList();
    }

    /** Whether there is something to show examples of. */
    static boolean shows(Finding finding) {
        return !finding.success() || finding.unexpected().orElse(0) > 0;
    }

    static Outcome outcome(Session session, Question question, CheckAnswers answers) {
        Finding finding = question.judge(answers);
        if (question.looks()) {
            return Outcome.of(question.look(session, finding), answers.elapsed());
        }
        return Outcome.of(shows(finding) ? question.explain(session, finding) : finding, answers.elapsed());
    }
}
