package dev.millrace.warehouse.duckdb;

import java.util.Locale;
import java.util.regex.Pattern;

/** Finds the statements that begin or end a transaction when SQL of the user's own says so. */
final class Transactions {
    private static final Pattern BEGIN = Pattern.compile("(begin|start)( transaction| work)?");
    private static final Pattern END = Pattern.compile("(commit|end|rollback|abort)( transaction| work)?");
    private static final int LONGEST = 40;

    private Transactions() {}

    /** Whether a transaction is open after {@code sql}, given whether one was before. */
    static boolean openAfter(String sql, boolean before) {
        if (sql.length() > LONGEST) {
            return before;
        }
        String plain =
                sql.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s;]+", " ").strip();
        if (BEGIN.matcher(plain).matches()) {
            return true;
        }
        return !END.matcher(plain).matches() && before;
    }
}
