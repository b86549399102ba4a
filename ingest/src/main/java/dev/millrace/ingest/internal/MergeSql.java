package dev.millrace.ingest.internal;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that bring an increment from its staging table into the table of a stream. */
final class MergeSql {
    private final Dialect dialect;
    private final String target;
    private final String staging;
    private final List<String> columns;

    /** @param columns those that were read */
    MergeSql(Dialect dialect, String target, String staging, List<String> columns) {
        this.dialect = dialect;
        this.target = target;
        this.staging = staging;
        this.columns = columns;
    }

    /** Keeps one row per key in the staging table: the one with the greatest cursor. */
    String keepLatest(List<String> key, String cursor) {
        return "delete from " + staging
                + " where rowid in (select row_id from (select rowid as row_id, row_number() over"
                + " (partition by " + list(key) + " order by " + dialect.quote(cursor)
                + " desc nulls last) as place from " + staging + ") as ranked where place > 1)";
    }

    /** Removes rows from the staging table that the table has exactly so. */
    String removeUnchanged(List<String> key, boolean keyIsUnique) {
        List<String> others =
                columns.stream().filter(column -> !key.contains(column)).toList();
        String equal = same(key, keyIsUnique);
        return "delete from " + staging + " as fresh using " + target + " as known where "
                + (others.isEmpty() ? equal : equal + " and " + same(others, false));
    }

    /** Removes the rows from the table that the staging table has in a newer version. */
    String removeReplaced(List<String> key, boolean keyIsUnique) {
        return "delete from " + target + " as known using " + staging + " as fresh where " + same(key, keyIsUnique);
    }

    /** The greatest cursor value of a table, leaving out infinite ones. */
    String greatest(String table, String cursor, DataType type) {
        String column = dialect.quote(cursor);
        boolean mayBeInfinite = type == DataType.Simple.FLOAT64
                || type == DataType.Simple.DATE
                || type == DataType.Simple.TIMESTAMP
                || type == DataType.Simple.TIMESTAMPTZ;
        return "select max(" + column + ") from " + table + (mayBeInfinite ? " where isfinite(" + column + ")" : "");
    }

    /**
     * The rows of the staging table that the table does not have yet, each as often as it is missing.
     *
     * @param from the increment's lower bound; the table's rows before it cannot be among those that were read
     */
    String missing(String cursor, DataType type, Optional<String> from) {
        String column = dialect.quote(cursor);
        String window = from.map(value -> " where " + column + " >= cast(" + dialect.literal(value) + " as "
                        + dialect.typeName(type) + ") or " + column + " is null")
                .orElse("");
        String known = "select " + list(columns) + " from " + target + window;
        String last = "(select max(" + column + ") from " + target + ")";
        // Rows after the last known value need no comparison, which costs much where there are many.
        String certain = "select " + list(columns) + " from " + staging + " where " + column + " > " + last;
        String doubtful =
                "select " + list(columns) + " from " + staging + " where (" + column + " > " + last + ") is not true";
        return "(" + certain + " union all (" + doubtful + " except all " + known + ")) as missing";
    }

    private String same(List<String> names, boolean neverNull) {
        String comparison = neverNull ? " = " : " is not distinct from ";
        return names.stream()
                .map(dialect::quote)
                .map(name -> "known." + name + comparison + "fresh." + name)
                .collect(Collectors.joining(" and "));
    }

    private String list(List<String> names) {
        return names.stream().map(dialect::quote).collect(Collectors.joining(", "));
    }
}
