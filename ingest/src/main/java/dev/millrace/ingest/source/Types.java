package dev.millrace.ingest.source;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of types in connections.yml, in messages and in the state. Stateless. */
public final class Types {
    private static final Pattern DECIMAL = Pattern.compile("(?:decimal|numeric)\\((\\d{1,2})(?:,\\s*(\\d{1,2}))?\\)");

    private static final Map<String, String> ALIASES = Map.of(
            "boolean", "bool",
            "bigint", "int64",
            "double", "float64",
            "varchar", "text",
            "string", "text",
            "bytea", "bytes",
            "timestamp with time zone", "timestamptz");

    private Types() {}

    /** {@code decimal(12,2)}, {@code timestamptz}, {@code int64[]} … */
    public static String name(DataType type) {
        if (type instanceof Decimal decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (type instanceof DataType.ListOf list) {
            return name(list.element()) + "[]";
        }
        return type instanceof DataType.Struct
                ? "struct"
                : ((DataType.Simple) type).name().toLowerCase(Locale.ROOT);
    }

    /** The type of such a name; structs and lists have none that is read back. */
    public static Optional<DataType> parse(String written) {
        String name = written.trim().toLowerCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = decimal.group(2) == null ? 0 : Integer.parseInt(decimal.group(2));
            return precision >= 1 && precision <= 38 && scale <= precision
                    ? Optional.of(new Decimal(precision, scale))
                    : Optional.empty();
        }
        String plain = ALIASES.getOrDefault(name, name);
        for (DataType.Simple simple : DataType.Simple.values()) {
            if (simple.name().toLowerCase(Locale.ROOT).equals(plain)) {
                return Optional.of(simple);
            }
        }
        return Optional.empty();
    }
}
