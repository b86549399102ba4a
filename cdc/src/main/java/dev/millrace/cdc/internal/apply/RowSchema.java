package dev.millrace.cdc.internal.apply;

import dev.millrace.warehouse.DataType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The columns of a table's rows as the source has them at one time. */
final class RowSchema {
    /** Debezium's names for what {@code column.propagate.source.type} asks for. */
    private static final String SOURCE_TYPE = "__debezium.source.column.";

    private final Schema schema;
    private final List<ColumnMapping> columns;

    RowSchema(Schema schema) {
        this.schema = schema;
        this.columns = schema.fields().stream().map(ColumnMapping::new).toList();
    }

    boolean isOf(Schema other) {
        return schema == other || schema.equals(other);
    }

    List<ColumnMapping> columns() {
        return columns;
    }

    List<String> names() {
        return columns.stream().map(ColumnMapping::name).toList();
    }

    List<DataType.Field> fields() {
        return columns.stream().map(ColumnMapping::field).toList();
    }

    /** How the source declares them, by their names. */
    Map<String, String> declared() {
        Map<String, String> declared = new LinkedHashMap<>();
        schema.fields().forEach(field -> declared.put(field.name(), declared(field.schema())));
        return declared;
    }

    private static String declared(Schema column) {
        Map<String, String> parameters = column.parameters() == null ? Map.of() : column.parameters();
        String type = parameters.getOrDefault(SOURCE_TYPE + "type", String.valueOf(column.name()));
        String length = parameters.getOrDefault(SOURCE_TYPE + "length", "");
        String scale = parameters.getOrDefault(SOURCE_TYPE + "scale", "");
        return length.isEmpty() ? type : type + "(" + length + (scale.isEmpty() ? "" : "," + scale) + ")";
    }

    /** The values in the order of the columns; those that are not there are null. */
    List<@Nullable Object> values(Struct struct) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (Field field : struct.schema().fields()) {
            Field own = struct.schema() == schema ? field : schema.field(field.name());
            if (own != null) {
                values[own.index()] = struct.getWithoutDefault(field.name());
            }
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    /** A row of nulls. */
    List<@Nullable Object> nothing() {
        return Collections.nCopies(columns.size(), null);
    }

    /** Which of the values the log does not hold. */
    BitSet unavailable(List<@Nullable Object> values) {
        BitSet missing = new BitSet();
        for (int i = 0; i < values.size(); i++) {
            if (Placeholder.is(values.get(i))) {
                missing.set(i);
            }
        }
        return missing;
    }
}
