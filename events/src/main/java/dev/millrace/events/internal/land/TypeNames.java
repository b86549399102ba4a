package dev.millrace.events.internal.land;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of types in millrace.yml and in the state. Stateless. */
public final class TypeNames {
    private static final Pattern DECIMAL = Pattern.compile("(?:decimal|numeric)\\((\\d{1,2})(?:,\\s*(\\d{1,2}))?\\)");

    private static final Map<String, String> ALIASES = Map.of(
            "boolean", "bool",
            "bigint", "int64",
            "integer", "int64",
            "double", "float64",
            "varchar", "text",
            "string", "text",
            "timestamp with time zone", "timestamptz");

    private TypeNames() {}

    /** {@code decimal(12,2)}, {@code timestamptz} … */
    public static String name(DataType type) {
        return type instanceof Decimal decimal
                ? "decimal(" + decimal.precision() + "," + decimal.scale() + ")"
                : String.valueOf(type).toLowerCase(Locale.ROOT);
    }

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
        return Arrays.stream(DataType.Simple.values())
                .filter(simple -> simple.name().toLowerCase(Locale.ROOT).equals(plain))
                .map(DataType.class::cast)
                .findFirst();
    }

    /** For suggestions. */
    public static List<String> known() {
        return Arrays.stream(DataType.Simple.values()).map(TypeNames::name).toList();
    }
}
