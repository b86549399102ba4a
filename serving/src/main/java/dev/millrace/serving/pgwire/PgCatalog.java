package dev.millrace.serving.pgwire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's catalog over DuckDB's: temporary views and macros that a session is given when a query first needs them.
 * DuckDB has a catalog of that name, with its own numbers for types and with gaps.
 */
final class PgCatalog {
    private static final Pattern CREATES =
            Pattern.compile("create (?:or replace )?temp (view|macro) (\\w+)", Pattern.CASE_INSENSITIVE);

    private static final PgCatalog INSTANCE = read();

    private final List<String> statements;
    private final Set<String> views;
    private final Set<String> macros;

    private PgCatalog(List<String> statements, Set<String> views, Set<String> macros) {
        this.statements = List.copyOf(statements);
        this.views = Set.copyOf(views);
        this.macros = Set.copyOf(macros);
    }

    /** What makes them, in order. */
    static List<String> statements() {
        return INSTANCE.statements;
    }

    /** Names in lower case. */
    static Set<String> views() {
        return INSTANCE.views;
    }

    /** Names in lower case. */
    static Set<String> macros() {
        return INSTANCE.macros;
    }

    private static PgCatalog read() {
        List<String> statements = new ArrayList<>(Lexer.statements(resource("catalog.sql")));
        for (String line : resource("empty.txt").split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                statements.add(emptyView(line));
            }
        }
        Set<String> views = new HashSet<>();
        Set<String> macros = new HashSet<>();
        for (String statement : statements) {
            Matcher matcher = CREATES.matcher(statement);
            if (matcher.find()) {
                String name = matcher.group(2).toLowerCase(Locale.ROOT);
                (matcher.group(1).equalsIgnoreCase("view") ? views : macros).add(name);
            }
        }
        return new PgCatalog(statements, views, macros);
    }

    /** {@code name: column column:type …}; a column without a type is a text. */
    private static String emptyView(String line) {
        int colon = line.indexOf(':');
        StringBuilder sql =
                new StringBuilder("create or replace temp view " + line.substring(0, colon) + " as select ");
        String separator = "";
        for (String column : line.substring(colon + 1).strip().split("\\s+")) {
            String[] parts = column.split(":");
            sql.append(separator)
                    .append("null::")
                    .append(parts.length > 1 ? parts[1] : "varchar")
                    .append(" as ")
                    .append(parts[0]);
            separator = ", ";
        }
        return sql.append(" where false").toString();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(PgCatalog.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
