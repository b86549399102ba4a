package dev.millrace.serving;

import dev.millrace.core.graph.RelationName;
import dev.millrace.serving.internal.guard.Functions;
import dev.millrace.serving.internal.guard.SyntaxTree;
import dev.millrace.serving.internal.guard.TreeWalk;
import dev.millrace.serving.internal.guard.VisibleRelations;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides whether SQL from outside may run: one statement that reads relations of the warehouse's catalog and nothing
 * else. DuckDB has no read-only or fenced connection to a database that the same process writes, so DuckDB's own parser
 * tells what the text says, and everything that is not known to be harmless is refused: kinds of nodes, functions and
 * table functions (each by a list of what is allowed), relations that are not in the catalog (files, above all), and
 * the schema {@code _millrace}. {@code EXPLAIN} of such a statement is allowed.
 *
 * <p>Immutable and thread-safe. Throws QUERY_NOT_ALLOWED, whose position's file is {@code query}, and SQL_FAILED for
 * text that does not parse.
 */
public final class QueryGuard {
    private final Predicate<RelationName> visible;
    private final Functions functions;
    private final Set<String> temporary;

    /** Every table and view may be read but those of the schema {@code _millrace}. */
    public QueryGuard() {
        this(name -> !name.schema().equalsIgnoreCase("_millrace"));
    }

    /** @param visible which tables and views of the catalog may be read */
    public QueryGuard(Predicate<RelationName> visible) {
        this(visible, Functions.BUILT_IN, Set.of());
    }

    private QueryGuard(Predicate<RelationName> visible, Functions functions, Set<String> temporary) {
        this.visible = visible;
        this.functions = functions;
        this.temporary = Set.copyOf(temporary);
    }

    /**
     * The same guard for sessions that were given macros and views of their own.
     *
     * @param macros names of temporary macros that may be called
     * @param views names of temporary views that may be read; they hide relations of the same name
     */
    public QueryGuard allowing(Set<String> macros, Set<String> views) {
        return new QueryGuard(visible, functions.and(macros), views);
    }

    /** Checks {@code sql} as {@code session} would understand it; nothing of it is run. */
    public CheckedQuery check(Session session, String sql) {
        SyntaxTree tree = SyntaxTree.parse(session, sql);
        List<RelationName> reads = new ArrayList<>();
        TreeWalk walk = new TreeWalk(tree, functions, new VisibleRelations(session, visible, temporary, reads));
        walk.check();
        return new CheckedQuery(tree.sql(), tree.parameters(), reads);
    }
}
