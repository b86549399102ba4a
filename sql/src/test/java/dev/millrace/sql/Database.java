package dev.millrace.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A DuckDB in memory that parses, and knows tables. */
final class Database implements AutoCloseable {
    private final Connection connection;

    Database() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows, values as texts. */
    List<List<String>> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (answer.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(answer.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    List<String> columns(String sql) throws SQLException {
        return query("describe " + sql).stream().map(row -> row.get(0)).toList();
    }

    Optional<SyntaxTree> tree(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SyntaxTree.SERIALIZE)) {
            statement.setString(1, sql);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return SyntaxTree.ofJson(answer.getString(1));
            }
        }
    }

    /** The lineage as a program would ask for it, with the engine's names of the columns. */
    QueryLineage lineage(String sql, Tables tables) throws SQLException {
        List<String> names = columns(sql);
        Optional<SyntaxTree> tree = tree(sql);
        return tree.isEmpty()
                ? QueryLineage.unknown(names)
                : QueryLineage.of(tree.get(), tables).named(names);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
