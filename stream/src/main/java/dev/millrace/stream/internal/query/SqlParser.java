package dev.millrace.stream.internal.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's own parser, in a database in memory that knows no tables. Started when it is first needed and kept for as
 * long as the process lives. Thread-safe.
 */
final class SqlParser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static @Nullable SqlParser instance;

    private final Connection connection;
    private final Set<String> aggregates = new HashSet<>();

    private SqlParser(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select distinct function_name from duckdb_functions() where function_type = 'aggregate'")) {
            while (rows.next()) {
                aggregates.add(rows.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        aggregates.add("count_star");
    }

    static synchronized SqlParser instance() {
        if (instance == null) {
            try {
                instance = new SqlParser(DriverManager.getConnection("jdbc:duckdb:"));
            } catch (SQLException e) {
                throw new MillraceException(ErrorCode.WAREHOUSE_FAILED, "DuckDB's parser does not start", e);
            }
        }
        return instance;
    }

    boolean isAggregate(String function) {
        return aggregates.contains(function.toLowerCase(Locale.ROOT));
    }

    /**
     * The tree of the statement.
     *
     * @return DuckDB's answer: with {@code error}, and either {@code statements} or {@code error_message} and
     *     {@code position}
     */
    synchronized JsonNode parse(String sql) {
        try (PreparedStatement statement =
                connection.prepareStatement("select json_serialize_sql(?::varchar)::varchar")) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return JSON.readTree(rows.getString(1));
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new MillraceException(ErrorCode.SQL_FAILED, "cannot read the SQL: " + e.getMessage(), e);
        }
    }
}
