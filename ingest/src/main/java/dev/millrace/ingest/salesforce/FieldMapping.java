package dev.millrace.ingest.salesforce;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.ingest.source.Types;
import dev.millrace.salesforce.FieldDescription;
import dev.millrace.warehouse.DataType;
import java.util.Map;
import java.util.Optional;

/**
 * A field that is read, and what it becomes.
 *
 * @param object for messages
 */
record FieldMapping(String object, FieldDescription field, DataType type) {
    String name() {
        return field.name();
    }

    /** Compound fields repeat what their parts say, and binary ones are only served one record at a time. */
    static boolean isSkipped(FieldDescription field) {
        return field.compound() || field.type().equals("base64");
    }

    /** @param types what the connection wants instead, by field */
    static FieldMapping of(String object, FieldDescription field, Map<String, DataType> types) {
        DataType wanted = types.get(field.name());
        DataType type = map(field).orElseThrow(() -> notMapped(object, field, ""));
        if (wanted == null) {
            return new FieldMapping(object, field, type);
        }
        boolean number = type instanceof DataType.Decimal || type == DataType.Simple.INT64;
        boolean possible = wanted == DataType.Simple.TEXT
                || wanted.equals(type)
                || (number && (wanted instanceof DataType.Decimal || wanted == DataType.Simple.FLOAT64));
        if (!possible) {
            throw notMapped(object, field, " to " + Types.name(wanted));
        }
        return new FieldMapping(object, field, wanted);
    }

    private static Optional<DataType> map(FieldDescription field) {
        return switch (field.type()) {
            case "id",
                    "reference",
                    "string",
                    "picklist",
                    "multipicklist",
                    "combobox",
                    "textarea",
                    "phone",
                    "url",
                    "email",
                    "encryptedstring",
                    "datacategorygroupreference",
                    "anyType" -> Optional.of(DataType.Simple.TEXT);
            case "boolean" -> Optional.of(DataType.Simple.BOOL);
            case "int", "long" -> Optional.of(DataType.Simple.INT64);
            case "double", "currency", "percent" -> Optional.of(decimal(field));
            case "date" -> Optional.of(DataType.Simple.DATE);
            case "datetime" -> Optional.of(DataType.Simple.TIMESTAMPTZ);
            case "time" -> Optional.of(DataType.Simple.TIME);
            default -> Optional.empty();
        };
    }

    private static DataType decimal(FieldDescription field) {
        boolean said = field.precision() > 0 && field.precision() <= 38 && field.scale() <= field.precision();
        return said ? new DataType.Decimal(field.precision(), field.scale()) : new DataType.Decimal(38, 10);
    }

    private static MillraceException notMapped(String object, FieldDescription field, String to) {
        return new MillraceException(
                ErrorCode.TYPE_NOT_MAPPED,
                object + "." + field.name() + " is of type " + field.type() + ", which has no mapping" + to,
                null,
                "Leave the field out by listing the others under 'columns:' of the stream in connections.yml.",
                null);
    }
}
