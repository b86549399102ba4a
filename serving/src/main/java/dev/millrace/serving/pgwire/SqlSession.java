package dev.millrace.serving.pgwire;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.serving.QueryGuard;
import dev.millrace.serving.internal.data.Deadline;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RowConsumer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A session of the warehouse that speaks PostgreSQL's words. Only {@link #cancel} may come from another thread. */
final class SqlSession implements AutoCloseable {
    private static final String UNKNOWN = "INVALID";

    private final Session session;
    private final QueryGuard guard;
    private final Duration timeout;
    private boolean hasCatalog;
    private ZoneId zone = ZoneId.systemDefault();

    SqlSession(Warehouse warehouse, QueryGuard guard, Duration timeout) {
        this.session = warehouse.open();
        this.guard = guard;
        this.timeout = timeout;
    }

    /** What is known of a statement before it runs. */
    private record Description(List<String> parameters, List<Column> columns) {}

    /** @param declared numbers of parameter types; 0 where the query decides */
    Prepared prepare(String sql, List<Integer> declared) {
        CatalogRewrite.Text text = CatalogRewrite.of(sql);
        Parameters parameters = Parameters.declared(text.sql(), declared);
        String checked = check(parameters.sql(), text.catalog());
        Description description = describe(checked);
        Optional<Parameters> settled = parameters.settled(description.parameters());
        if (settled.isPresent()) {
            parameters = settled.get();
            checked = check(parameters.sql(), text.catalog());
            description = describe(checked);
        }
        return new Prepared(
                checked,
                text.catalog(),
                Optional.empty(),
                parameters.types(description.parameters()),
                description.columns());
    }

    /** For a query without parameters, whose columns come with its rows. */
    Prepared prepareSimple(String sql) {
        CatalogRewrite.Text text = CatalogRewrite.of(sql);
        return new Prepared(check(text.sql(), text.catalog()), text.catalog(), Optional.empty(), List.of(), List.of());
    }

    private String check(String sql, boolean catalog) {
        if (catalog) {
            openCatalog();
        }
        QueryGuard words = catalog ? guard.allowing(PgCatalog.macros(), PgCatalog.views()) : guard;
        return words.check(session, sql).sql();
    }

    private void openCatalog() {
        if (!hasCatalog) {
            PgCatalog.statements().forEach(session::execute);
            hasCatalog = true;
        }
    }

    private Description describe(String sql) {
        DuckDBConnection connection = session.unwrap(DuckDBConnection.class)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.ADAPTER_NOT_FOUND, "the SQL endpoint serves DuckDB warehouses only"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ParameterMetaData parameters = statement.getParameterMetaData();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                types.add(parameters.getParameterTypeName(i));
            }
            ResultSetMetaData meta = statement.getMetaData();
            List<Column> columns = new ArrayList<>();
            if (!types.contains(UNKNOWN)) {
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    columns.add(new Column(meta.getColumnName(i), meta.getColumnTypeName(i), true));
                }
            }
            return new Description(types, columns);
        } catch (SQLException e) {
            throw new MillraceException(ErrorCode.SQL_FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Runs the query and hands over its rows. */
    void run(Prepared prepared, List<@Nullable Object> values, ZoneId clientZone, RowConsumer rows) {
        if (prepared.catalog()) {
            openCatalog();
        }
        if (!zone.equals(clientZone)) {
            zone = clientZone;
            try {
                session.execute("set session TimeZone = " + session.dialect().literal(clientZone.getId()));
            } catch (MillraceException unknown) {
                // DuckDB has no zone of an odd number of minutes; what is sent is in it all the same.
                session.execute("set session TimeZone = 'UTC'");
            }
        }
        try (Deadline deadline = Deadline.of(timeout, session)) {
            try {
                session.forEachRow(
                        prepared.sql(),
                        rows,
                        Collections.unmodifiableList(values).toArray());
            } catch (MillraceException e) {
                throw deadline.explain(e);
            }
        }
    }

    void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        session.close();
    }
}
