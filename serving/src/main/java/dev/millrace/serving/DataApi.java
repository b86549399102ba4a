package dev.millrace.serving;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.serving.internal.data.Answer;
import dev.millrace.serving.internal.data.DataQuery;
import dev.millrace.serving.internal.data.ParameterParser;
import dev.millrace.serving.internal.data.QuerySql;
import dev.millrace.serving.internal.data.Served;
import dev.millrace.serving.internal.data.ServedRelations;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The relations of a project's graph as an API: rows filtered, ordered and limited by parameters as docs/serving.md
 * lists them, in several formats. Knows nothing of HTTP. Names are looked up and quoted, values are bound as
 * parameters. Thread-safe.
 *
 * <p>Throws RELATION_NOT_FOUND, REQUEST_INVALID (a column, operator, value or format that does not exist) and what a
 * {@link Session} throws; TIMEOUT when an answer takes longer than the options allow.
 */
public final class DataApi {
    private final Supplier<Graph> graph;
    private final List<Warehouse> warehouses;
    private final DataOptions options;

    /**
     * @param graph the graph as it is now
     * @param warehouses whose relations are served
     */
    public DataApi(Supplier<Graph> graph, List<Warehouse> warehouses, DataOptions options) {
        this.graph = graph;
        this.warehouses = List.copyOf(warehouses);
        this.options = options;
    }

    /** What is served, by name. */
    public List<DataRelation> relations() {
        List<DataRelation> all = new ArrayList<>();
        for (Served served : served().all()) {
            try (Session session = served.warehouse().open()) {
                all.add(served.described(session.columns(served.relation())));
            }
        }
        return all;
    }

    /** One relation of {@link #relations}. */
    public DataRelation relation(String name) {
        Served served = served().require(name);
        try (Session session = served.warehouse().open()) {
            return served.described(session.columns(served.relation()));
        }
    }

    /** Checks the request against the relation's columns, the values against their types. */
    public DataAnswer prepare(DataRequest request) {
        Served served = served().require(request.relation());
        try (Session session = served.warehouse().open()) {
            List<Column> columns = session.columns(served.relation());
            if (columns.isEmpty()) {
                throw new MillraceException(
                        ErrorCode.RELATION_NOT_FOUND,
                        served.relation() + " does not exist in the warehouse yet",
                        null,
                        "Build it: millrace build --select " + served.node().name(),
                        null);
            }
            ParameterParser parser = new ParameterParser(columns, options.maxRows());
            DataQuery query = parser.parse(request.parameters());
            QuerySql sql = QuerySql.of(session.dialect(), served.relation(), query);
            sql.checkValues(session);
            return new Answer(
                    served.warehouse(), sql.text(), sql.values(), format(request, query), served.fileName(), options);
        }
    }

    private ServedRelations served() {
        return ServedRelations.of(graph.get(), warehouses);
    }

    private static DataFormat format(DataRequest request, DataQuery query) {
        if (query.format().isPresent()) {
            return DataFormat.named(query.format().get());
        }
        if (request.accept().isEmpty() || request.accept().get().isBlank()) {
            return DataFormat.JSON;
        }
        String header = request.accept().get();
        return DataFormat.accepted(header)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.REQUEST_INVALID,
                        "no format for 'Accept: " + header + "'",
                        null,
                        "Ask for application/json, application/x-ndjson, text/csv,"
                                + " application/vnd.apache.arrow.stream or application/vnd.apache.parquet.",
                        null));
    }
}
