package dev.millrace.warehouse.duckdb;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the names DuckDB gives types: {@code STRUCT(a INTEGER, "b c" DECIMAL(9,2)[])[]}. Not thread-safe; one per text.
 */
final class TypeParser {
    private static final int HUGEINT_DIGITS = 38;
    private static final int UBIGINT_DIGITS = 20;

    private final String text;
    private int at;

    private TypeParser(String text) {
        this.text = text;
    }

    /** JSON for what cannot be read. */
    static DataType parse(String text) {
        TypeParser parser = new TypeParser(text);
        try {
            DataType type = parser.type();
            parser.spaces();
            return parser.at == text.length() ? type : Simple.JSON;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Simple.JSON;
        }
    }

    private DataType type() {
        String name = words();
        DataType type = peek('(') ? parameterised(name) : named(name);
        while (peek('[')) {
            at = text.indexOf(']', at) + 1;
            if (at == 0) {
                throw new IllegalArgumentException("no ] in " + text);
            }
            type = new DataType.ListOf(type);
        }
        return type;
    }

    private DataType parameterised(String name) {
        switch (name) {
            case "STRUCT", "ROW" -> {
                return struct();
            }
            case "DECIMAL", "NUMERIC", "DEC" -> {
                String[] parameters = skipParentheses().split(",");
                int precision = Integer.parseInt(parameters[0].strip());
                int scale = parameters.length > 1 ? Integer.parseInt(parameters[1].strip()) : 0;
                return new DataType.Decimal(precision, scale);
            }
            default -> {
                skipParentheses();
                return suffixed(name, words());
            }
        }
    }

    /** {@code TIMESTAMP(6) WITH TIME ZONE}. */
    private static DataType suffixed(String name, String suffix) {
        return named(suffix.isEmpty() ? name : name + " " + suffix);
    }

    private DataType struct() {
        at++;
        List<DataType.Field> fields = new ArrayList<>();
        while (!peek(')')) {
            String name = identifier();
            fields.add(new DataType.Field(name, type()));
            if (peek(',')) {
                at++;
            }
        }
        at++;
        return new DataType.Struct(fields);
    }

    private static DataType named(String name) {
        return switch (name) {
            case "BOOLEAN", "BOOL", "LOGICAL" -> Simple.BOOL;
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> Simple.INT64;
            case "INT", "INT1", "INT2", "INT4", "INT8", "SHORT", "LONG", "SIGNED" -> Simple.INT64;
            case "UBIGINT" -> new DataType.Decimal(UBIGINT_DIGITS, 0);
            case "HUGEINT" -> new DataType.Decimal(HUGEINT_DIGITS, 0);
            case "FLOAT", "DOUBLE", "REAL", "FLOAT4", "FLOAT8", "DOUBLE PRECISION" -> Simple.FLOAT64;
            case "DECIMAL", "NUMERIC", "DEC" -> new DataType.Decimal(18, 3);
            case "VARCHAR", "TEXT", "STRING", "CHAR", "BPCHAR", "CHARACTER VARYING" -> Simple.TEXT;
            case "ENUM", "INTERVAL", "BIT", "BITSTRING", "UHUGEINT", "BIGNUM", "VARINT" -> Simple.TEXT;
            case "TIME WITH TIME ZONE", "TIMETZ" -> Simple.TEXT;
            case "BLOB", "BYTEA", "BINARY", "VARBINARY" -> Simple.BYTES;
            case "DATE" -> Simple.DATE;
            case "TIME", "TIME_NS", "TIME WITHOUT TIME ZONE" -> Simple.TIME;
            case "TIMESTAMP", "DATETIME", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Simple.TIMESTAMP;
            case "TIMESTAMP WITHOUT TIME ZONE" -> Simple.TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ" -> Simple.TIMESTAMPTZ;
            case "UUID", "GUID" -> Simple.UUID;
            default -> Simple.JSON;
        };
    }

    /** Words in upper case with one space between, up to what is not a letter, digit or underscore. */
    private String words() {
        StringBuilder words = new StringBuilder();
        while (true) {
            spaces();
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            if (start == at) {
                return words.toString();
            }
            words.append(words.isEmpty() ? "" : " ")
                    .append(text.substring(start, at).toUpperCase(Locale.ROOT));
        }
    }

    private String identifier() {
        spaces();
        if (text.charAt(at) != '"') {
            int start = at;
            while (!Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }
        StringBuilder name = new StringBuilder();
        at++;
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                throw new IllegalArgumentException("open quote in " + text);
            }
            name.append(text, at, quote);
            at = quote + 1;
            if (at >= text.length() || text.charAt(at) != '"') {
                return name.toString();
            }
            name.append('"');
            at++;
        }
    }

    /** What stands between the parenthesis here and the one that closes it; quotes may hold parentheses. */
    private String skipParentheses() {
        int start = at + 1;
        int depth = 0;
        char quote = 0;
        while (true) {
            char c = text.charAt(at++);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return text.substring(start, at - 1);
            }
        }
    }

    private boolean peek(char expected) {
        spaces();
        return at < text.length() && text.charAt(at) == expected;
    }

    private void spaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
