package dev.millrace.warehouse.shadow;

import dev.millrace.warehouse.Column;
import java.util.List;

/** What an engine says of a query before it runs it. */
public sealed interface Binding {
    /** It can be run, and gives these columns. */
    record Bound(List<Column> columns) implements Binding {
        public Bound {
            columns = List.copyOf(columns);
        }
    }

    /**
     * It cannot be run.
     *
     * @param reason what kind of thing is wrong
     * @param message what the engine says, without the excerpt of the query
     * @param name the name that means nothing; empty if none is to blame
     * @param candidates what it may have been meant to be
     * @param offset where in the query, in characters; -1 if that is not known
     * @param length of what is to blame, in characters; 0 if that is not known
     */
    record Refused(Reason reason, String message, String name, List<String> candidates, int offset, int length)
            implements Binding {
        public Refused {
            candidates = List.copyOf(candidates);
        }
    }

    /** Kinds of things that can be wrong with a query. */
    enum Reason {
        /** It is no SQL. */
        SYNTAX,
        /** A column, or the table that qualifies it, is not there. */
        COLUMN,
        /** A table is not there. */
        TABLE,
        /** A function or type is not there. */
        FUNCTION,
        /** Types do not fit, or a rule of the language is broken. */
        TYPE,
        /** Something that the query's text alone does not tell: a file, an extension, a setting. */
        ENVIRONMENT
    }
}
