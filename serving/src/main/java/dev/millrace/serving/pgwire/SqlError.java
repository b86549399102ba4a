package dev.millrace.serving.pgwire;

import dev.millrace.core.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client is told: PostgreSQL's code of the error, and its text. */
final class SqlError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final List<Map.Entry<String, String>> BY_TEXT = List.of(
            Map.entry("(INSERT|UPDATE|DELETE|MERGE|COPY)\\b.* is not allowed.*", "25006"),
            Map.entry("there is no table or view .*", "42P01"),
            Map.entry("Catalog Error: (Table|View) .*", "42P01"),
            Map.entry("Catalog Error: (Scalar |Aggregate |Table )?(Function|Macro) .*", "42883"),
            Map.entry("Binder Error: No function matches.*", "42883"),
            Map.entry("Binder Error: .*(olumn|ield).*", "42703"),
            Map.entry("(Parser Error.*|.*syntax error.*)", "42601"),
            Map.entry("Conversion Error: .*", "22P02"),
            Map.entry("Out of Range Error: .*", "22003"));

    private final String state;
    private final String text;
    private final Optional<String> hint;

    SqlError(String state, String text) {
        this(state, text, Optional.empty(), null);
    }

    private SqlError(
            String state, String text, Optional<String> hint, @org.jspecify.annotations.Nullable Throwable cause) {
        super(text, cause);
        this.state = state;
        this.text = text;
        this.hint = hint;
    }

    static SqlError of(RuntimeException error) {
        if (error instanceof SqlError known) {
            return known;
        }
        if (error instanceof MillraceException known) {
            return new SqlError(state(known), known.text(), known.hint(), error);
        }
        return new SqlError("XX000", "an internal error: " + error, Optional.empty(), error);
    }

    private static String state(MillraceException error) {
        return switch (error.code()) {
            case CANCELLED, TIMEOUT -> "57014";
            case VALUE_OUT_OF_RANGE -> "22003";
            case DISK_FULL -> "53100";
            case INTERNAL -> "XX000";
            default -> {
                for (Map.Entry<String, String> known : BY_TEXT) {
                    if (error.text().lines().findFirst().orElse("").matches(known.getKey())) {
                        yield known.getValue();
                    }
                }
                yield switch (error.code()) {
                    case QUERY_NOT_ALLOWED -> "42501";
                    case SQL_FAILED -> "42000";
                    default -> "58000";
                };
            }
        };
    }

    String state() {
        return state;
    }

    String text() {
        return text;
    }

    Optional<String> hint() {
        return hint;
    }
}
