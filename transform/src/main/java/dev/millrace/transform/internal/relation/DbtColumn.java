package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.warehouse.Column;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column as templates see it (docs.getdbt.com/reference/dbt-classes#column). Immutable and thread-safe. */
public record DbtColumn(
        String name,
        String dtype,
        @Nullable Long charSize,
        @Nullable Long precision,
        @Nullable Long scale) implements JinjaObject {
    /** What dbt takes a text without a length for. */
    private static final long DEFAULT_SIZE = 256;

    private static final Set<String> STRINGS = Set.of("text", "character varying", "character", "varchar", "string");
    private static final Set<String> INTEGERS = Set.of(
            "tinyint",
            "smallint",
            "integer",
            "bigint",
            "hugeint",
            "utinyint",
            "usmallint",
            "uinteger",
            "ubigint",
            "int",
            "int4",
            "int8",
            "int2",
            "serial",
            "bigserial",
            "smallserial",
            "serial2",
            "serial4",
            "serial8");
    private static final Set<String> FLOATS = Set.of("real", "float4", "float", "double precision", "double", "float8");
    private static final Set<String> NUMERICS = Set.of("numeric", "decimal");

    private static final Methods<DbtColumn> METHODS = new Methods<DbtColumn>()
            .add("is_string", "", (self, a) -> self.isString())
            .add("is_number", "", (self, a) -> self.isInteger() || self.isNumeric() || self.isFloat())
            .add("is_numeric", "", (self, a) -> self.isNumeric())
            .add("is_integer", "", (self, a) -> self.isInteger())
            .add("is_float", "", (self, a) -> self.isFloat())
            .add("string_size", "", (self, a) -> self.charSize == null ? DEFAULT_SIZE : self.charSize)
            .add("can_expand_to", "other_column", (self, a) -> self.canExpandTo((DbtColumn) a.get(0)))
            .add("literal", "value", (self, a) -> a.get(0) + "::" + self.dataType())
            .add("string_type", "size=256", (self, a) -> "character varying(" + a.get(0) + ")");

    public static DbtColumn of(Column column) {
        return of(column.name(), column.type());
    }

    /** Reads a type such as {@code DECIMAL(12,2)}. */
    public static DbtColumn of(String name, String type) {
        int open = type.indexOf('(');
        if (open < 0 || !type.endsWith(")")) {
            return new DbtColumn(name, type, null, null, null);
        }
        String base = type.substring(0, open).strip();
        String[] parts = type.substring(open + 1, type.length() - 1).split(",");
        if (NUMERICS.contains(base.toLowerCase(Locale.ROOT)) && parts.length == 2 && number(parts[0]) != null) {
            return new DbtColumn(name, base, null, number(parts[0]), number(parts[1]));
        }
        if (STRINGS.contains(base.toLowerCase(Locale.ROOT)) && parts.length == 1) {
            return new DbtColumn(name, base, number(parts[0]), null, null);
        }
        return new DbtColumn(name, type, null, null, null);
    }

    private static @Nullable Long number(String text) {
        String digits = text.strip();
        return digits.chars().allMatch(Character::isDigit) && !digits.isEmpty() ? Long.valueOf(digits) : null;
    }

    private boolean isString() {
        return STRINGS.contains(dtype.toLowerCase(Locale.ROOT));
    }

    private boolean isInteger() {
        return INTEGERS.contains(dtype.toLowerCase(Locale.ROOT));
    }

    private boolean isFloat() {
        return FLOATS.contains(dtype.toLowerCase(Locale.ROOT));
    }

    private boolean isNumeric() {
        return NUMERICS.contains(dtype.toLowerCase(Locale.ROOT));
    }

    private boolean canExpandTo(DbtColumn other) {
        if (!isString() || !other.isString()) {
            return false;
        }
        return (other.charSize == null ? DEFAULT_SIZE : other.charSize) > (charSize == null ? DEFAULT_SIZE : charSize);
    }

    /** The type with its size: what {@code create table} takes. */
    public String dataType() {
        if (isNumeric() && precision != null) {
            return dtype + "(" + precision + "," + (scale == null ? 0 : scale) + ")";
        }
        return isString() ? "character varying(" + (charSize == null ? DEFAULT_SIZE : charSize) + ")" : dtype;
    }

    public String quoted() {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public Object attribute(String key) {
        Callable method = METHODS.bind(this, key);
        if (method != null) {
            return method;
        }
        return switch (key) {
            case "name", "column" -> name;
            case "quoted" -> quoted();
            case "dtype" -> dtype;
            case "data_type" -> dataType();
            case "char_size" -> orNone(charSize);
            case "numeric_precision" -> orNone(precision);
            case "numeric_scale" -> orNone(scale);
            default -> missing(key);
        };
    }

    private static Object orNone(@Nullable Long value) {
        return value == null ? None.NONE : value;
    }

    @Override
    public String display() {
        return "<Column " + name + " (" + dataType() + ")>";
    }

    @Override
    public String typeName() {
        return "Column";
    }
}
