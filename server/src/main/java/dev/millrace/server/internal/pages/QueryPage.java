package dev.millrace.server.internal.pages;

import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.chart.Chart;
import dev.millrace.server.internal.chart.Charts;
import dev.millrace.server.internal.data.Queries;
import dev.millrace.server.internal.http.HttpProblem;
import dev.millrace.server.internal.http.Problems;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Table;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Read-only queries with a grid and a chart. */
public final class QueryPage {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROWS = 500;
    private static final int MOST_POINTS = 200;

    private final Platform platform;
    private final Pages pages;
    private final Queries queries;

    public QueryPage(Platform platform, Pages pages, Queries queries) {
        this.platform = platform;
        this.pages = pages;
        this.queries = queries;
    }

    public void serve(Context ctx) {
        Map<String, List<String>> schemas = new TreeMap<>();
        for (Node node : platform.graph().nodes()) {
            node.relation().ifPresent(relation -> add(schemas, relation));
        }
        schemas.values().forEach(names -> names.sort(String::compareTo));
        Map<String, Object> model = new HashMap<>();
        model.put("schemas", schemas);
        model.put("sql", Optional.ofNullable(ctx.queryParam("sql")).orElse(""));
        pages.page(ctx, "query.jte", "Query", "query", model);
    }

    private static void add(Map<String, List<String>> schemas, RelationName relation) {
        List<String> names = schemas.computeIfAbsent(relation.schema(), schema -> new ArrayList<>());
        if (!names.contains(relation.identifier())) {
            names.add(relation.identifier());
        }
    }

    /** Answers the page's form with the part below it. */
    public void answer(Context ctx) {
        Map<String, Object> model = new HashMap<>();
        model.put("problem", Optional.<HttpProblem>empty());
        model.put("answer", Optional.<Queries.Answer>empty());
        model.put("chart", Optional.<Chart>empty());
        model.put("chartKind", "");
        model.put("x", "");
        model.put("y", "");
        try {
            String sql = Objects.requireNonNullElse(ctx.formParam("sql"), "").trim();
            if (sql.isEmpty()) {
                throw HttpProblem.badRequest("write a query first", null);
            }
            Queries.Answer answer = queries.query(sql, ROWS, LIMIT);
            model.put("answer", Optional.of(answer));
            chart(ctx, answer.table(), model);
        } catch (RuntimeException e) {
            model.put("problem", Optional.of(Problems.of(e)));
        }
        pages.part(ctx, "answer.jte", model);
    }

    private static void chart(Context ctx, Table table, Map<String, Object> model) {
        List<String> numeric = table.columns().stream()
                .filter(column -> Ui.isNumeric(column.type()))
                .map(Column::name)
                .toList();
        if (numeric.isEmpty() || table.rows().size() < 2 || table.columns().size() < 2) {
            return;
        }
        List<String> names = table.columns().stream().map(Column::name).toList();
        String x = chosen(ctx, "x", names, names.get(0));
        String otherwise =
                numeric.stream().filter(name -> !name.equals(x)).findFirst().orElse(numeric.get(0));
        String y = chosen(ctx, "y", numeric, otherwise);
        String asked = Objects.requireNonNullElse(ctx.formParam("chart"), "");
        boolean overTime = table.columns().get(names.indexOf(x)).type().matches("(?i)(DATE|TIME).*");
        String kind = asked.equals("bar") || asked.equals("line") ? asked : overTime ? "line" : "bar";
        List<Charts.Point> points = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            if (points.size() < MOST_POINTS) {
                Object value = row.get(names.indexOf(y));
                points.add(new Charts.Point(
                        Ui.cell(row.get(names.indexOf(x))).replace(" 00:00:00", ""),
                        value instanceof Number number ? number.doubleValue() : null));
            }
        }
        model.put("chart", Optional.of(kind.equals("line") ? Charts.line(points) : Charts.bars(points)));
        model.put("chartKind", kind);
        model.put("x", x);
        model.put("y", y);
        model.put("numeric", numeric);
    }

    private static String chosen(Context ctx, String name, List<String> known, String otherwise) {
        String asked = ctx.formParam(name);
        return asked != null && known.contains(asked) ? asked : otherwise;
    }
}
