package dev.millrace.cdc.internal.apply;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Simple;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** A list whose elements come as the texts of their values. */
public final class Texts {
    static final String NAME = "dev.millrace.Texts";

    /** Stands for a list that the log does not hold because it has not changed. */
    public static final List<String> UNAVAILABLE = List.of("__debezium_unavailable_value");

    private static final String TYPE = "type";
    private static final String PRECISION = "precision";
    private static final String SCALE = "scale";

    private Texts() {}

    /** @param element the type in the warehouse */
    public static SchemaBuilder builder(DataType element) {
        SchemaBuilder builder =
                SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).name(NAME);
        if (element instanceof Decimal decimal) {
            return builder.parameter(PRECISION, Integer.toString(decimal.precision()))
                    .parameter(SCALE, Integer.toString(decimal.scale()));
        }
        return builder.parameter(TYPE, ((Simple) element).name());
    }

    static DataType element(Map<String, String> parameters) {
        String precision = parameters.get(PRECISION);
        return precision == null
                ? Simple.valueOf(parameters.getOrDefault(TYPE, Simple.TEXT.name()))
                : new Decimal(Integer.parseInt(precision), Integer.parseInt(parameters.getOrDefault(SCALE, "0")));
    }
}
