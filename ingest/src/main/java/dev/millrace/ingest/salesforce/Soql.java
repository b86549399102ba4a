package dev.millrace.ingest.salesforce;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.ingest.source.CursorRange;
import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.DataType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes queries in Salesforce's language. */
final class Soql {
    private static final int MILLISECOND_DIGITS = 3;

    private Soql() {}

    static String select(String object, List<FieldMapping> fields, Optional<CursorRange> range) {
        String list = fields.stream().map(FieldMapping::name).collect(Collectors.joining(", "));
        String condition = range.flatMap(one -> one.from().map(from -> condition(fields, one, from)))
                .map(text -> " WHERE " + text)
                .orElse("");
        return "SELECT " + list + " FROM " + object + condition;
    }

    private static String condition(List<FieldMapping> fields, CursorRange range, String from) {
        FieldMapping cursor = fields.stream()
                .filter(field -> field.name().equals(range.column()))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.SCHEMA_CHANGED, "the cursor field '" + range.column() + "' is no longer there"));
        String compared = cursor.name() + " >= " + literal(cursor, from);
        boolean nulls = range.withNulls() && cursor.field().nillable();
        return nulls ? "(" + compared + " OR " + cursor.name() + " = null)" : compared;
    }

    private static String literal(FieldMapping cursor, String from) {
        if (cursor.type() == DataType.Simple.TIMESTAMPTZ) {
            return dateTime(from);
        }
        if (cursor.type() == DataType.Simple.DATE
                || cursor.type() == DataType.Simple.INT64
                || cursor.type() instanceof DataType.Decimal) {
            return from;
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                cursor.object() + "." + cursor.name() + " is of type " + Types.name(cursor.type())
                        + " and cannot be a cursor: Salesforce compares texts without regard to case",
                null,
                "Use SystemModstamp.",
                null);
    }

    /** Cut to milliseconds, which only makes the increment begin a little earlier. */
    private static String dateTime(String from) {
        String plain = from.replace("+00", "").replace(' ', 'T');
        int point = plain.indexOf('.');
        return point < 0
                ? plain + "Z"
                : plain.substring(0, Math.min(plain.length(), point + 1 + MILLISECOND_DIGITS)) + "Z";
    }
}
