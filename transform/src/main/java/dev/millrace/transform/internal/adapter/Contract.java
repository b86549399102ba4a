package dev.millrace.transform.internal.adapter;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds what a model's query gives against its contract (docs.getdbt.com/docs/mesh/govern/model-contracts). */
final class Contract {
    private static final List<String> HEADER = List.of("column", "model gives", "contract says", "difference");

    private Contract() {}

    /**
     * @param columns of the contract: name to properties
     * @throws MillraceException CONTRACT_BROKEN with a table of the columns that differ
     */
    static void check(Session session, Map<?, ?> columns, String sql) {
        List<String> empty = new ArrayList<>();
        columns.values().forEach(column -> {
            Map<?, ?> properties = (Map<?, ?>) column;
            empty.add("cast(null as " + properties.get("data_type") + ") as "
                    + session.dialect().quote(String.valueOf(properties.get("name"))));
        });
        Map<String, Column> promised = byName(session, "select " + String.join(", ", empty));
        Map<String, Column> given = byName(session, sql);
        List<List<String>> differences = new ArrayList<>();
        given.forEach((key, column) -> {
            Column wanted = promised.get(key);
            if (wanted == null) {
                differences.add(List.of(column.name(), column.type(), "", "missing in contract"));
            } else if (!wanted.type().equalsIgnoreCase(column.type())) {
                differences.add(List.of(column.name(), column.type(), wanted.type(), "data type mismatch"));
            }
        });
        promised.forEach((key, column) -> {
            if (!given.containsKey(key)) {
                differences.add(List.of(column.name(), "", column.type(), "missing in definition"));
            }
        });
        if (!differences.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CONTRACT_BROKEN,
                    "the model does not give the columns of its contract:\n" + table(differences),
                    null,
                    "Change the model's query, or the columns in its YAML file.",
                    null);
        }
    }

    private static Map<String, Column> byName(Session session, String sql) {
        Map<String, Column> found = new LinkedHashMap<>();
        session.query("select * from (\n" + sql + "\n) as query limit 0")
                .columns()
                .forEach(column -> found.put(column.name().toLowerCase(Locale.ROOT), column));
        return found;
    }

    private static String table(List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(HEADER));
        all.addAll(rows);
        int[] widths = new int[HEADER.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        all.add(1, rule);
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            text.append('\n');
            for (int i = 0; i < widths.length; i++) {
                text.append(i == 0 ? "| " : " | ")
                        .append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()));
            }
            text.append(" |");
        }
        return text.toString();
    }
}
