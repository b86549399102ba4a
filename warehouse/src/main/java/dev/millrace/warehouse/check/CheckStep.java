package dev.millrace.warehouse.check;

import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Step;
import dev.millrace.warehouse.Session;
import java.util.List;

/** The step of a node that checks a relation by queries, and so can be answered together with others. Thread-safe. */
public interface CheckStep extends Step {
    /** The relation it checks: those of the same relation are answered together. */
    RelationName relation();

    /** Whether its queries may be part of a larger statement. */
    boolean combines();

    /**
     * What it asks. Called at most once for a run, by the thread of any of the steps that run together.
     *
     * @param session of the relation's warehouse, outside any transaction, for looking into the catalogue
     * @param runId the run
     * @throws dev.millrace.core.MillraceException if it cannot be said; the step then runs by itself and says why
     */
    List<CheckQuery> queries(Session session, String runId);
}
