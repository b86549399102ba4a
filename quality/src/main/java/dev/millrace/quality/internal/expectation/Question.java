package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.List;

/** An expectation of one relation as it is now: what to ask the warehouse, and what the answers mean. */
public interface Question {
    List<CheckQuery> queries();

    Finding judge(CheckAnswers answers);

    /** Whether the values themselves have to be looked at, because no warehouse can answer it. */
    default boolean looks() {
        return false;
    }

    /**
     * Looks at the values.
     *
     * @param counted what {@link #judge} made of the answers
     * @return the finding, with examples
     */
    default Finding look(Session session, Finding counted) {
        return counted;
    }

    /** Adds examples of what was not as expected; only asked for when there is something to show. */
    default Finding explain(Session session, Finding finding) {
        return finding;
    }
}
