package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.List;

/** An expectation of one relation as it is now: what to ask the warehouse, and what the answers mean. */
public interface Question {
    List<CheckQuery> queries();

    Finding judge(CheckAnswers answers);

    /** Adds examples of what was not as expected; only asked for when there is something to show. */
    default Finding explain(Session session, Finding finding) {
        return finding;
    }
}
