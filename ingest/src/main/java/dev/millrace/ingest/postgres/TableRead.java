package dev.millrace.ingest.postgres;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.ingest.source.CursorRange;
import dev.millrace.ingest.source.ReadRequest;
import dev.millrace.ingest.source.StreamReader;
import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.DataType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Begins to read a table: one transaction, whose snapshot both its description and its rows come from. */
final class TableRead {
    private final PostgresConnection connection;
    private final String schema;
    private final ReadRequest request;

    /** A column, and how it travels. */
    record Selected(PgColumn column, Mapping mapping) {}

    private TableRead(PostgresConnection connection, String schema, ReadRequest request) {
        this.connection = connection;
        this.schema = schema;
        this.request = request;
    }

    /** Takes over the connection unless it throws. */
    static StreamReader begin(PostgresConnection connection, String schema, ReadRequest request) throws SQLException {
        return new TableRead(connection, schema, request).begin();
    }

    private StreamReader begin() throws SQLException {
        Connection jdbc = connection.jdbc();
        char kind = new PostgresCatalog(jdbc).kind(schema, request.name()).orElseThrow(this::notFound);
        SettledTime settled = SettledTime.read(jdbc);
        jdbc.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        jdbc.setReadOnly(true);
        jdbc.setAutoCommit(false);
        // Before the first query, which fixes the snapshot: so the table cannot change its columns between the two.
        if (kind == 'r' || kind == 'p' || kind == 'v') {
            try (Statement statement = jdbc.createStatement()) {
                statement.execute("lock table " + relation() + " in access share mode");
            }
        }
        PgTable table = new PostgresCatalog(jdbc).table(schema, request.name()).orElseThrow(this::notFound);
        List<Selected> selected = select(table);
        Optional<Selected> cursor = request.cursor().flatMap(range -> find(selected, range.column()));
        return new CopyReader(
                connection,
                sql(selected, cursor),
                table,
                selected,
                request.cursor().flatMap(CursorRange::from).isEmpty(),
                cursor.flatMap(column -> settled.in(column.mapping().type())));
    }

    private List<Selected> select(PgTable table) {
        TypeMapper types = new TypeMapper(table.types());
        List<Selected> selected = new ArrayList<>();
        for (PgColumn column : wanted(table)) {
            String name = table.qualifiedName() + "." + column.name();
            DataType override = request.types().get(column.name());
            Mapping mapping = (override == null ? types.map(column) : types.map(column, override))
                    .orElseThrow(() -> new MillraceException(
                            ErrorCode.TYPE_NOT_MAPPED,
                            name + " is of type " + column.typeName() + ", which has no mapping"
                                    + (override == null ? "" : " to " + Types.name(override)),
                            null,
                            "Leave the column out by listing the others under 'columns:' of the stream in"
                                    + " connections.yml, or read it as text: 'types: {" + column.name() + ": text}'.",
                            null));
            selected.add(new Selected(column, mapping));
        }
        return selected;
    }

    private List<PgColumn> wanted(PgTable table) {
        if (request.columns().isEmpty()) {
            return table.columns();
        }
        List<String> known = table.columns().stream().map(PgColumn::name).toList();
        return request.columns().stream()
                .map(name -> table.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .or(() -> table.columns().stream()
                                .filter(column -> column.name().equalsIgnoreCase(name))
                                .findFirst())
                        .orElseThrow(() -> new MillraceException(
                                ErrorCode.SCHEMA_CHANGED,
                                table.qualifiedName() + " has no column '" + name + "'",
                                null,
                                Suggestion.hint(name, known),
                                null)))
                .toList();
    }

    private static Optional<Selected> find(List<Selected> selected, String column) {
        return selected.stream()
                .filter(one -> one.column().name().equals(column))
                .findFirst();
    }

    private String sql(List<Selected> selected, Optional<Selected> cursor) {
        List<String> expressions = selected.stream()
                .map(one -> one.mapping().select().apply(quote(one.column().name())))
                .toList();
        String condition = cursor.flatMap(column ->
                        request.cursor().flatMap(range -> range.from().map(from -> condition(column, range, from))))
                .map(text -> " where " + text)
                .orElse("");
        return "copy (select " + String.join(", ", expressions) + " from " + relation() + condition
                + ") to stdout (format binary)";
    }

    private static String condition(Selected cursor, CursorRange range, String from) {
        String column = quote(cursor.column().name());
        String literal = "'" + from.replace("'", "''") + "'";
        DataType type = cursor.mapping().type();
        String compared = switch (type instanceof DataType.Simple simple ? simple : DataType.Simple.BYTES) {
            case INT64 -> column + " >= " + literal + "::int8";
            case FLOAT64 -> column + " >= " + literal + "::float8";
            case DATE -> column + " >= " + literal + "::date";
            case TIMESTAMP -> column + " >= " + literal + "::timestamp";
            case TIMESTAMPTZ -> column + " >= " + literal + "::timestamptz";
            case UUID -> column + " >= " + literal + "::uuid";
            // Byte by byte, as the warehouse compares, whatever the column's collation.
            case TEXT -> column + "::text collate \"C\" >= " + literal;
            case BOOL, BYTES, TIME, JSON -> column + " >= " + literal + "::numeric";
        };
        boolean nulls = range.withNulls() && cursor.column().nullable();
        return nulls ? "(" + compared + " or " + column + " is null)" : compared;
    }

    private String relation() {
        return quote(schema) + "." + quote(request.name());
    }

    private MillraceException notFound() {
        return notFound(schema, request.name());
    }

    static MillraceException notFound(String schema, String name) {
        return new MillraceException(
                ErrorCode.STREAM_NOT_FOUND,
                "the source has no table " + schema + "." + name,
                null,
                "It may have been dropped or renamed, or the user may not see it.",
                null);
    }

    static String quote(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }
}
