package dev.millrace.warehouse.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.shadow.Binding;
import dev.millrace.warehouse.shadow.Existing;
import dev.millrace.warehouse.shadow.Shadow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A DuckDB in memory that stands in for a file. */
final class DuckDbShadow implements Shadow {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TREE =
            "select json_serialize_sql(?::varchar, skip_empty := true, skip_null := true, skip_default := true)";

    private final DuckDbSettings settings;
    private final DuckDbWarehouse warehouse;
    private final Session session;
    private final DuckDBConnection connection;
    private final Set<String> schemas = new HashSet<>();
    /** Planning it costs more than what it does. */
    private @Nullable PreparedStatement tree;

    private DuckDbShadow(DuckDbSettings settings, DuckDbWarehouse warehouse) {
        this.settings = settings;
        this.warehouse = warehouse;
        this.session = warehouse.open();
        this.connection = session.unwrap(DuckDBConnection.class).orElseThrow();
    }

    static DuckDbShadow open(DuckDbSettings settings) {
        DuckDbWarehouse warehouse = DuckDbWarehouse.shadow(settings);
        try {
            DuckDbShadow shadow = new DuckDbShadow(settings, warehouse);
            // So that an error says where it is.
            shadow.session.execute("set errors_as_json = true");
            return shadow;
        } catch (RuntimeException e) {
            warehouse.close();
            throw e;
        }
    }

    @Override
    public Warehouse warehouse() {
        return warehouse;
    }

    @Override
    public Existing existing(Optional<Session> open) {
        return ExistingCatalog.of(settings, open, connection);
    }

    @Override
    public void define(RelationName name, List<Column> columns) {
        Dialect dialect = warehouse.dialect();
        try {
            String schema = dialect.quote(name.database()) + "." + dialect.quote(name.schema());
            if (!schemas.contains(schema)) {
                run("create schema if not exists " + schema);
                schemas.add(schema);
            }
            run("create or replace table " + dialect.quote(name) + columns(columns));
        } catch (SQLException unknownType) {
            List<Column> each = columns.stream().map(this::known).toList();
            session.execute("create or replace table " + dialect.quote(name) + columns(each));
        }
    }

    private String columns(List<Column> columns) {
        return columns.stream()
                .map(column -> warehouse.dialect().quote(column.name()) + " " + column.type())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private Column known(Column column) {
        try {
            run("select null::" + column.type());
            return column;
        } catch (SQLException e) {
            return new Column(column.name(), ANY_TYPE, column.nullable());
        }
    }

    @Override
    public void remove(RelationName name) {
        session.execute("drop table if exists " + warehouse.dialect().quote(name));
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Binding bind(String sql) {
        String before = "describe select * from (\n";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(before + sql + "\n)")) {
            List<Column> columns = new ArrayList<>();
            while (rows.next()) {
                columns.add(new Column(rows.getString(1), rows.getString(2), true));
            }
            return new Binding.Bound(columns);
        } catch (SQLException e) {
            return BindError.of(DuckDbErrors.text(e), sql, before.length());
        }
    }

    @Override
    public String syntaxTree(String sql) {
        try {
            PreparedStatement statement = tree;
            if (statement == null) {
                statement = connection.prepareStatement(TREE);
                tree = statement;
            }
            statement.setString(1, sql);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getString(1);
            }
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        }
    }

    @Override
    public void close() {
        // Statements end with their connection.
        session.close();
        warehouse.close();
    }

    /** An error of DuckDB in its form as JSON; empty if it has none. */
    static Optional<JsonNode> json(String text) {
        int start = text.indexOf('{');
        if (start < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text.substring(start)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
