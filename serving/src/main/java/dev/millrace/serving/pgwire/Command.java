package dev.millrace.serving.pgwire;

import dev.millrace.serving.pgwire.ClientState.Transaction;
import dev.millrace.serving.pgwire.Lexer.Token;
import dev.millrace.warehouse.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement that concerns the connection and not the warehouse: settings, transactions, what clients do when they
 * come and go. Every query sees what is committed when it begins, in a transaction or not.
 *
 * @param words without space
 */
record Command(List<Token> words) {
    private static final Set<String> FIRST = Set.of(
            "SET",
            "RESET",
            "SHOW",
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "ROLLBACK",
            "ABORT",
            "SAVEPOINT",
            "RELEASE",
            "DISCARD",
            "DEALLOCATE",
            "CLOSE",
            "LISTEN",
            "UNLISTEN");
    private static final Set<String> WRITES = Set.of(
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "CREATE",
            "DROP",
            "ALTER",
            "TRUNCATE",
            "GRANT",
            "REVOKE",
            "COMMENT",
            "COPY",
            "VACUUM",
            "ANALYZE",
            "REINDEX",
            "CLUSTER",
            "REFRESH",
            "CALL",
            "DO",
            "LOCK",
            "NOTIFY",
            "REASSIGN",
            "SECURITY",
            "IMPORT",
            "EXPORT",
            "ATTACH",
            "DETACH",
            "INSTALL",
            "LOAD",
            "CHECKPOINT",
            "REPLACE",
            "USE");
    private static final Set<String> UNSUPPORTED = Set.of("DECLARE", "FETCH", "MOVE", "PREPARE", "EXECUTE");

    Command {
        words = List.copyOf(words);
    }

    /** What to send: lines of an answer, if it has one, and the tag that ends it. */
    record Outcome(String tag, Optional<List<List<String>>> rows, Optional<String> changed) {}

    /** The command, or empty for a query; throws for what writes. */
    static Optional<Command> of(String sql) {
        List<Token> words = Lexer.words(sql);
        String first = words.isEmpty() ? "" : words.get(0).text().toUpperCase(Locale.ROOT);
        if (WRITES.contains(first)) {
            throw new SqlError("25006", "cannot execute " + first + " in a read-only transaction");
        }
        if (UNSUPPORTED.contains(first)) {
            throw new SqlError("0A000", first + " is not supported");
        }
        return FIRST.contains(first) ? Optional.of(new Command(words)) : Optional.empty();
    }

    /** The columns of its answer; empty when it has none. */
    List<Column> columns() {
        if (!word(0).equals("SHOW")) {
            return List.of();
        }
        return word(1).equals("ALL")
                ? List.of(text("name"), text("setting"), text("description"))
                : List.of(text(settingName(1).toLowerCase(Locale.ROOT)));
    }

    /** Whether it may run in a transaction that has failed. */
    boolean endsTransaction() {
        return Set.of("COMMIT", "END", "ROLLBACK", "ABORT").contains(word(0));
    }

    Outcome run(ClientState state) {
        switch (word(0)) {
            case "SET" -> {
                return done("SET", set(state));
            }
            case "RESET" -> {
                return done("RESET", word(1).equals("ALL") ? Optional.empty() : state.reset(settingName(1)));
            }
            case "SHOW" -> {
                return new Outcome("SHOW", Optional.of(show(state)), Optional.empty());
            }
            case "BEGIN", "START" -> {
                state.transaction(Transaction.OPEN);
                return done(word(0).equals("BEGIN") ? "BEGIN" : "START TRANSACTION", Optional.empty());
            }
            case "COMMIT", "END" -> {
                String tag = state.transaction() == Transaction.FAILED ? "ROLLBACK" : "COMMIT";
                state.transaction(Transaction.NONE);
                return done(tag, Optional.empty());
            }
            case "ROLLBACK", "ABORT" -> {
                boolean toSavepoint = words.stream().anyMatch(word -> word.is("TO"));
                state.transaction(toSavepoint ? Transaction.OPEN : Transaction.NONE);
                return done("ROLLBACK", Optional.empty());
            }
            case "DISCARD", "DEALLOCATE" -> {
                return done(word(0) + (word(1).equals("ALL") ? " ALL" : ""), Optional.empty());
            }
            case "CLOSE" -> {
                return done("CLOSE CURSOR", Optional.empty());
            }
            default -> {
                return done(word(0), Optional.empty());
            }
        }
    }

    private static Outcome done(String tag, Optional<String> changed) {
        return new Outcome(tag, Optional.empty(), changed);
    }

    /** {@code SET [SESSION | LOCAL] name {TO | =} value}, {@code SET TIME ZONE value}. */
    private Optional<String> set(ClientState state) {
        int at = Set.of("SESSION", "LOCAL").contains(word(1)) ? 2 : 1;
        if (word(at).equals("TIME") && word(at + 1).equals("ZONE")) {
            return state.set("timezone", value(at + 2));
        }
        boolean assigns = at + 1 < words.size()
                && (words.get(at + 1).is("=") || words.get(at + 1).is("TO"));
        if (!assigns) {
            // SET TRANSACTION …, SET SESSION CHARACTERISTICS …, SET ROLE …
            if (words.stream()
                    .map(Token::text)
                    .collect(Collectors.joining(" "))
                    .toUpperCase(Locale.ROOT)
                    .contains("READ WRITE")) {
                throw new SqlError("25006", "transactions here only read");
            }
            return Optional.empty();
        }
        return word(at + 2).equals("DEFAULT")
                ? state.reset(words.get(at).name())
                : state.set(words.get(at).name(), value(at + 2));
    }

    private String value(int from) {
        List<String> parts = new ArrayList<>();
        for (Token token : words.subList(Math.min(from, words.size()), words.size())) {
            boolean quoted = token.kind() == Lexer.Kind.STRING && token.text().startsWith("'");
            parts.add(
                    quoted
                            ? token.text()
                                    .substring(1, token.text().length() - 1)
                                    .replace("''", "'")
                            : token.name());
        }
        return String.join(parts.contains(",") ? " " : "", parts).replace(" ,", ",");
    }

    private List<List<String>> show(ClientState state) {
        if (word(1).equals("ALL")) {
            List<List<String>> all = new ArrayList<>();
            for (Map.Entry<String, String> each : state.all().entrySet()) {
                all.add(List.of(each.getKey(), each.getValue(), ""));
            }
            return all;
        }
        String name = settingName(1);
        return List.of(List.of(state.get(name)
                .orElseThrow(() -> new SqlError("42704", "unrecognized configuration parameter \"" + name + "\""))));
    }

    private String settingName(int at) {
        if (word(at).equals("TRANSACTION")) {
            return "transaction_isolation";
        }
        if (word(at).equals("TIME")) {
            return "timezone";
        }
        return at < words.size()
                ? words.subList(at, words.size()).stream().map(Token::name).collect(Collectors.joining())
                : "";
    }

    private static Column text(String name) {
        return new Column(name, "VARCHAR", true);
    }

    private String word(int at) {
        return at < words.size() ? words.get(at).text().toUpperCase(Locale.ROOT) : "";
    }
}
