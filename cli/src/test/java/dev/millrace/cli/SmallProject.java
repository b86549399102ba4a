package dev.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A project on a DuckDB file of its own, to which a test adds what it is about. */
final class SmallProject {
    private final Path folder;

    private SmallProject(Path folder) {
        this.folder = folder;
    }

    static SmallProject in(Path folder) throws IOException {
        SmallProject project = new SmallProject(folder);
        project.file("dbt_project.yml", "name: library\nversion: '1'\nprofile: library\n");
        project.file("profiles.yml", """
                library:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: library.duckdb, schema: main, threads: 2}
                """);
        return project;
    }

    SmallProject file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    SmallProject model(String name, String sql) throws IOException {
        return file("models/" + name + ".sql", sql);
    }

    /** The only value that {@code sql} finds in the warehouse. */
    long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("library.duckdb"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
