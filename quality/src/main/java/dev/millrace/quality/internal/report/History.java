package dev.millrace.quality.internal.report;

import dev.millrace.core.graph.RelationName;
import dev.millrace.quality.internal.json.Json;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of checks over time, in {@code _millrace.check_results} of the warehouse. Stateless. */
public final class History {
    private static final int SHOWN = 30;
    private static final List<Field> FIELDS = List.of(
            new Field("run_id", Simple.TEXT),
            new Field("node_id", Simple.TEXT),
            new Field("relation", Simple.TEXT),
            new Field("suite", Simple.TEXT),
            new Field("expectation", Simple.TEXT),
            new Field("severity", Simple.TEXT),
            new Field("status", Simple.TEXT),
            new Field("success", Simple.BOOL),
            new Field("element_count", Simple.INT64),
            new Field("missing_count", Simple.INT64),
            new Field("unexpected_count", Simple.INT64),
            new Field("result", Simple.JSON),
            new Field("message", Simple.TEXT),
            new Field("started_at", Simple.TIMESTAMPTZ),
            new Field("elapsed_ms", Simple.INT64));

    private History() {}

    /** How a check went in an earlier run. */
    public record Past(
            String status, Instant started, @Nullable Long unexpected) {}

    /** Adds the results of a run, all in one transaction. */
    public static void append(Session session, List<CheckResult> results) {
        RelationName table = table(session);
        session.createSchema(table.database(), table.schema());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (CheckResult one : results) {
            rows.add(new @Nullable Object[] {
                one.runId(),
                one.nodeId(),
                one.relation(),
                one.suite(),
                one.check(),
                one.severity(),
                one.status(),
                one.success(),
                one.count("element_count"),
                one.count("missing_count"),
                one.count("unexpected_count"),
                Json.compact(one.result()),
                one.message(),
                ChronoUnit.MICROS.between(Instant.EPOCH, one.started()),
                one.elapsed().toMillis()
            });
        }
        session.load(new Load(table, FIELDS, List.of(), 1, count -> {}), new RowsReader(rows));
    }

    /** The last results of each check, newest first, by the id of its node. */
    public static Map<String, List<Past>> recent(Session session) {
        Map<String, List<Past>> recent = new LinkedHashMap<>();
        RelationName table = table(session);
        if (session.relationType(table).isEmpty()) {
            return recent;
        }
        session.query("select node_id, status, epoch_us(started_at), unexpected_count from (select *, row_number() over"
                        + " (partition by node_id order by started_at desc) as age from "
                        + session.dialect().quote(table) + ") dated where age <= " + SHOWN + " order by node_id, age")
                .rows()
                .forEach(row -> recent.computeIfAbsent(String.valueOf(row.get(0)), id -> new ArrayList<>())
                        .add(new Past(
                                String.valueOf(row.get(1)),
                                row.get(2) instanceof Long micros
                                        ? Instant.EPOCH.plus(micros, ChronoUnit.MICROS)
                                        : Instant.EPOCH,
                                row.get(3) instanceof Long count ? count : null)));
        return recent;
    }

    private static RelationName table(Session session) {
        return session.warehouse().relation(StateStore.SCHEMA, "check_results");
    }
}
