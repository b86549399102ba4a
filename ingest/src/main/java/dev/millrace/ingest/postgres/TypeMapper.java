package dev.millrace.ingest.postgres;

import static dev.millrace.warehouse.DataType.Simple.BOOL;
import static dev.millrace.warehouse.DataType.Simple.BYTES;
import static dev.millrace.warehouse.DataType.Simple.DATE;
import static dev.millrace.warehouse.DataType.Simple.FLOAT64;
import static dev.millrace.warehouse.DataType.Simple.INT64;
import static dev.millrace.warehouse.DataType.Simple.JSON;
import static dev.millrace.warehouse.DataType.Simple.TEXT;
import static dev.millrace.warehouse.DataType.Simple.TIME;
import static dev.millrace.warehouse.DataType.Simple.TIMESTAMP;
import static dev.millrace.warehouse.DataType.Simple.TIMESTAMPTZ;
import static dev.millrace.warehouse.DataType.Simple.UUID;

import dev.millrace.ingest.postgres.Mapping.Wire;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import java.util.Map;
import java.util.Optional;

/** The mapping of PostgreSQL's types that docs/ingest.md shows. Stateless but for the types it looks up. */
final class TypeMapper {
    static final int MAX_PRECISION = 38;

    /** For {@code numeric} without a precision. */
    static final Decimal UNCONSTRAINED = new Decimal(MAX_PRECISION, 10);

    private static final int NO_MODIFIER = -1;

    private final Map<Long, PgType> types;

    TypeMapper(Map<Long, PgType> types) {
        this.types = types;
    }

    /** How a column travels; empty if its type has no mapping. */
    Optional<Mapping> map(PgColumn column) {
        PgType type = types.get(column.type());
        return type == null ? Optional.empty() : map(type, column.modifier(), column.dimensions());
    }

    /** How a column travels that is to become {@code wanted}; empty if that cannot be. */
    Optional<Mapping> map(PgColumn column, DataType wanted) {
        boolean floating = column.typeName().equals("real") || column.typeName().equals("double precision");
        if (wanted instanceof Decimal) {
            // A cast of a float to numeric would round to 15 digits; its text form has all of them.
            String cast = floating ? "::text::numeric" : "::numeric";
            return Optional.of(new Mapping(name -> name + cast, wanted, Wire.NUMERIC));
        }
        if (wanted == TEXT) {
            return map(column).filter(known -> known.type() == TEXT).or(() -> Optional.of(Mapping.castToText()));
        }
        if (wanted == INT64) {
            return Optional.of(new Mapping(name -> name + "::text::int8", INT64, Wire.INT8));
        }
        if (wanted == FLOAT64) {
            return Optional.of(new Mapping(name -> name + "::float8", FLOAT64, Wire.FLOAT8));
        }
        if (wanted == JSON) {
            return Optional.of(new Mapping(name -> "to_json(" + name + ")", JSON, Wire.TEXT));
        }
        if (wanted == DATE) {
            return Optional.of(new Mapping(name -> name + "::date", DATE, Wire.DATE));
        }
        if (wanted == TIMESTAMP) {
            return Optional.of(new Mapping(name -> name + "::timestamp", TIMESTAMP, Wire.TIMESTAMP));
        }
        if (wanted == TIMESTAMPTZ) {
            return Optional.of(new Mapping(name -> name + "::timestamptz", TIMESTAMPTZ, Wire.TIMESTAMP));
        }
        if (wanted == BOOL) {
            return Optional.of(new Mapping(name -> name + "::bool", BOOL, Wire.BOOL));
        }
        return Optional.empty();
    }

    private Optional<Mapping> map(PgType type, int modifier, int dimensions) {
        return switch (type.kind()) {
            case 'd' -> {
                PgType base = types.get(type.base());
                yield base == null ? Optional.empty() : map(base, type.baseModifier(), type.dimensions());
            }
            case 'e' -> Optional.of(Mapping.plain(TEXT, Wire.TEXT));
            case 'r', 'm' -> Optional.of(Mapping.castToText());
            case 'c' -> Optional.of(new Mapping(name -> "to_json(" + name + ")", JSON, Wire.TEXT));
            case 'b' -> base(type, modifier, dimensions);
            default -> Optional.empty();
        };
    }

    private Optional<Mapping> base(PgType type, int modifier, int dimensions) {
        if (type.category() == 'A' && type.element() != 0) {
            PgType element = types.get(type.element());
            boolean vector = type.name().endsWith("vector");
            return vector
                    ? Optional.of(Mapping.castToText())
                    : element == null ? Optional.empty() : array(element, modifier, Math.max(1, dimensions));
        }
        if (!type.builtIn()) {
            return type.name().equals("citext") ? Optional.of(Mapping.castToText()) : Optional.empty();
        }
        return switch (type.name()) {
            case "bool" -> Optional.of(Mapping.plain(BOOL, Wire.BOOL));
            case "int2" -> Optional.of(Mapping.plain(INT64, Wire.INT2));
            case "int4" -> Optional.of(Mapping.plain(INT64, Wire.INT4));
            case "int8" -> Optional.of(Mapping.plain(INT64, Wire.INT8));
            case "oid", "xid" -> Optional.of(Mapping.plain(INT64, Wire.OID));
            case "float4" -> Optional.of(Mapping.plain(FLOAT64, Wire.FLOAT4));
            case "float8" -> Optional.of(Mapping.plain(FLOAT64, Wire.FLOAT8));
            case "numeric" -> Optional.of(Mapping.plain(decimal(modifier), Wire.NUMERIC));
            case "money" -> Optional.of(new Mapping(name -> name + "::numeric", new Decimal(19, 2), Wire.NUMERIC));
            case "text", "varchar", "bpchar", "name" -> Optional.of(Mapping.plain(TEXT, Wire.TEXT));
            case "bytea" -> Optional.of(Mapping.plain(BYTES, Wire.BYTEA));
            case "date" -> Optional.of(Mapping.plain(DATE, Wire.DATE));
            case "time" -> Optional.of(Mapping.plain(TIME, Wire.TIME));
            case "timestamp" -> Optional.of(Mapping.plain(TIMESTAMP, Wire.TIMESTAMP));
            case "timestamptz" -> Optional.of(Mapping.plain(TIMESTAMPTZ, Wire.TIMESTAMP));
            case "uuid" -> Optional.of(Mapping.plain(UUID, Wire.UUID));
            case "json" -> Optional.of(Mapping.plain(JSON, Wire.TEXT));
            case "jsonb" -> Optional.of(Mapping.plain(JSON, Wire.JSONB));
            // The cast of inet to text adds a netmask that its own output leaves out.
            case "inet" ->
                Optional.of(new Mapping(
                        name -> "case when " + name + " is not null then format('%s', " + name + ") end",
                        TEXT,
                        Wire.TEXT));
            case "char",
                    "xml",
                    "cidr",
                    "macaddr",
                    "macaddr8",
                    "bit",
                    "varbit",
                    "timetz",
                    "interval",
                    "tsvector",
                    "tsquery",
                    "jsonpath",
                    "pg_lsn",
                    "pg_snapshot",
                    "txid_snapshot",
                    "xid8",
                    "regclass",
                    "regtype",
                    "regproc",
                    "regprocedure",
                    "regrole",
                    "regnamespace" -> Optional.of(Mapping.castToText());
            default -> Optional.empty();
        };
    }

    /** Arrays travel as JSON text, whose values are the ones PostgreSQL writes for the element's type. */
    private Optional<Mapping> array(PgType element, int modifier, int dimensions) {
        return map(element, modifier, 0).map(mapped -> {
            DataType type = mapped.type() == BYTES ? TEXT : mapped.type();
            for (int i = 0; i < dimensions; i++) {
                type = new DataType.ListOf(type);
            }
            // Numbers become texts, so that no reader of JSON takes them for floating point.
            String cast = switch (mapped.wire()) {
                case NUMERIC -> "::numeric[]::text[]";
                case FLOAT4 -> "::float8[]";
                default -> "";
            };
            return new Mapping(name -> "to_json(" + name + cast + ")", type, Wire.LIST);
        });
    }

    /** PostgreSQL allows more digits, negative scales, and scales beyond the precision. */
    static Decimal decimal(int modifier) {
        if (modifier == NO_MODIFIER) {
            return UNCONSTRAINED;
        }
        int packed = modifier - 4;
        int precision = (packed >> 16) & 0xFFFF;
        // The scale is an 11-bit signed number.
        int scale = ((packed & 0x7FF) ^ 1024) - 1024;
        int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
        return new Decimal(Math.min(digits, MAX_PRECISION), Math.min(Math.max(scale, 0), MAX_PRECISION));
    }
}
