package dev.millrace.server.internal.data;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the quality layer keeps of a check. Immutable.
 *
 * @param newest the columns of its last result that are not null
 * @param past its last results, oldest first
 */
record CheckResults(Map<String, Object> newest, List<CheckResult> past) {
    static final CheckResults NONE = new CheckResults(Map.of(), List.of());

    private static final int KEPT = 30;

    /** By node; empty where nothing has been kept. */
    static Map<String, CheckResults> read(Session session, RelationName table) {
        List<String> columns = session.columns(table).stream().map(Column::name).toList();
        if (!columns.containsAll(List.of("node_id", "started_at", "status"))) {
            return Map.of();
        }
        String ranked = "(select r.*, row_number() over (partition by node_id order by started_at desc) as newest from "
                + session.dialect().quote(table) + " r) as results";
        Map<String, List<CheckResult>> past = past(session, ranked);
        Table last = session.query("select * from " + ranked + " where newest = 1");
        Map<String, CheckResults> byNode = new LinkedHashMap<>();
        for (List<@Nullable Object> row : last.rows()) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < last.columns().size(); i++) {
                Object value = row.get(i);
                if (value != null) {
                    values.put(last.columns().get(i).name(), value);
                }
            }
            String node = String.valueOf(values.get("node_id"));
            byNode.put(node, new CheckResults(values, past.getOrDefault(node, List.of())));
        }
        return byNode;
    }

    private static Map<String, List<CheckResult>> past(Session session, String ranked) {
        Map<String, List<CheckResult>> past = new LinkedHashMap<>();
        session.query(
                        "select node_id, run_id, status, epoch_us(started_at), element_count, unexpected_count, message from "
                                + ranked + " where newest <= " + KEPT + " order by node_id, newest desc")
                .rows()
                .forEach(row -> past.computeIfAbsent(String.valueOf(row.get(0)), node -> new ArrayList<>())
                        .add(new CheckResult(
                                String.valueOf(row.get(1)),
                                String.valueOf(row.get(2)),
                                Instant.EPOCH.plus(number(row.get(3)).orElse(0), ChronoUnit.MICROS),
                                number(row.get(4)),
                                number(row.get(5)),
                                row.get(6) instanceof String message ? message : "")));
        return past;
    }

    private static OptionalLong number(@Nullable Object value) {
        return value instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }
}
