package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.NodeId;
import java.util.List;

/**
 * An ephemeral model as it is laid into the SQL of those that read it.
 *
 * @param sql {@code name as (…)}
 */
record Cte(NodeId id, String sql) {
    /** The statement with the CTEs in front of its own, as dbt writes it. */
    static String inject(String sql, List<Cte> ctes) {
        if (ctes.isEmpty()) {
            return sql;
        }
        String joined = String.join(", ", ctes.stream().map(Cte::sql).toList());
        int with = leadingWith(sql);
        if (with < 0) {
            int start = skipSpace(sql, 0);
            return sql.substring(0, start) + "with" + joined + " " + sql.substring(start);
        }
        int rest = skipSpace(sql, with);
        return sql.substring(0, rest) + joined + ", " + sql.substring(rest);
    }

    /** The end of the statement's leading {@code with} or {@code with recursive}, or -1 when it has none. */
    private static int leadingWith(String sql) {
        int at = skipBlank(sql, 0);
        int end = keyword(sql, at, "with");
        if (end < 0) {
            return -1;
        }
        int recursive = keyword(sql, skipBlank(sql, end), "recursive");
        return recursive < 0 ? end : recursive;
    }

    private static int keyword(String sql, int at, String word) {
        int end = at + word.length();
        boolean matches = sql.regionMatches(true, at, word, 0, word.length())
                && (end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end)));
        return matches ? end : -1;
    }

    private static int skipSpace(String sql, int from) {
        int at = from;
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Skips white space and comments. */
    private static int skipBlank(String sql, int from) {
        int at = skipSpace(sql, from);
        while (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
            boolean line = sql.charAt(at) == '-';
            int end = line ? sql.indexOf('\n', at) : sql.indexOf("*/", at + 2);
            at = end < 0 ? sql.length() : skipSpace(sql, end + (line ? 1 : 2));
        }
        return at;
    }
}
