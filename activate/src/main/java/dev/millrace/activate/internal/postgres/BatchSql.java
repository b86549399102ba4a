package dev.millrace.activate.internal.postgres;

import dev.millrace.activate.internal.config.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that bring a batch from the session's staging table, all of whose columns are text, into its table.
 */
final class BatchSql {
    private static final String STAGE = "pg_temp.millrace_batch";

    private final TargetTable table;

    BatchSql(TargetTable table) {
        this.table = table;
    }

    String createStage() {
        return "create temp table millrace_batch (n int not null, " + numbered("c%d text") + ") on commit delete rows";
    }

    String copy() {
        return "copy " + STAGE + " from stdin";
    }

    /** Writes the batch; for an update it answers with the numbers of the rows that were there. */
    String write(SyncMode mode) {
        return switch (mode) {
            case INSERT -> insert() + " do nothing";
            case UPSERT, MIRROR -> insert() + assignments(" do nothing", " do update set ", "excluded.%s");
            case UPDATE -> update();
        };
    }

    private String insert() {
        return "insert into " + table.sql() + " (" + names(table.columns()) + ") select "
                + IntStream.range(0, table.columns().size())
                        .mapToObj(i -> staged(i))
                        .collect(Collectors.joining(", "))
                + " from " + STAGE + " s order by n on conflict (" + names(table.keyColumns()) + ")";
    }

    private String update() {
        List<String> set = new ArrayList<>();
        List<String> where = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            TargetColumn column = table.columns().get(i);
            boolean key = table.keyColumns().contains(column);
            // A table with nothing but its key is updated too, so that its rows answer.
            if (!key || table.columns().size() == table.keys().size()) {
                set.add(column.sql() + " = " + staged(i));
            }
            if (key) {
                where.add("t." + column.sql() + " = " + staged(i));
            }
        }
        return "update " + table.sql() + " t set " + String.join(", ", set) + " from " + STAGE + " s where "
                + String.join(" and ", where) + " returning s.n";
    }

    /** Deletes the rows whose keys are in the first columns of the stage. */
    String delete() {
        List<TargetColumn> keys = table.keyColumns();
        return "delete from " + table.sql() + " t using " + STAGE + " s where "
                + IntStream.range(0, keys.size())
                        .mapToObj(i -> "t." + keys.get(i).sql() + " = s.c" + i + "::"
                                + keys.get(i).type())
                        .collect(Collectors.joining(" and "));
    }

    private String assignments(String without, String with, String value) {
        String list = table.columns().stream()
                .filter(column -> !table.keyColumns().contains(column))
                .map(column -> column.sql() + " = " + String.format(value, column.sql()))
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? without : with + list;
    }

    private String staged(int i) {
        return "s.c" + i + "::" + table.columns().get(i).type();
    }

    private String numbered(String form) {
        return IntStream.range(0, table.columns().size())
                .mapToObj(i -> String.format(form, i))
                .collect(Collectors.joining(", "));
    }

    private static String names(List<TargetColumn> columns) {
        return columns.stream().map(TargetColumn::sql).collect(Collectors.joining(", "));
    }
}
