package dev.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** The floor under a build of many small models: a bare JDBC loop over the statements that the build ran. */
final class StatementLoop {
    private StatementLoop() {}

    /** @param arguments the DuckDB file, and the statements, one file each: their folder, or a list of their paths */
    public static void main(String[] arguments) throws IOException, SQLException {
        List<Path> files = files(Path.of(arguments[1]));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0])) {
            for (Path file : files) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(Files.readString(file));
                }
            }
        }
    }

    private static List<Path> files(Path statements) throws IOException {
        if (Files.isRegularFile(statements) && !statements.toString().endsWith(".sql")) {
            return Files.readAllLines(statements).stream().map(Path::of).toList();
        }
        try (Stream<Path> walk = Files.walk(statements)) {
            return walk.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }
}
