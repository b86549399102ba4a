package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.Texts;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType.Decimal;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Types;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Values that Debezium's own conversion would lose: dates and timestamps before year 1, and arrays of which it cannot
 * tell that an update has not touched them. Debezium makes it by its class name.
 */
public final class PostgresValues implements CustomConverter<SchemaBuilder, RelationalColumn> {
    /** Arrays that Debezium has a sign for where the log does not hold them. */
    private static final Set<String> TOLD =
            Set.of("_text", "_varchar", "_bpchar", "_json", "_jsonb", "_bytea", "_int4", "_date", "_int8", "_uuid");

    @Override
    public void configure(Properties properties) {}

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        switch (column.typeName()) {
            case "date" -> registration.register(Date.builder(), PostgresTimes::day);
            case "timestamp" -> registration.register(MicroTimestamp.builder(), PostgresTimes::micros);
            case "timestamptz" -> registration.register(ZonedTimestamp.builder(), PostgresTimes::zoned);
            default -> {
                if (column.jdbcType() == Types.ARRAY
                        && column.typeName().startsWith("_")
                        && !TOLD.contains(column.typeName())) {
                    registerArray(column, registration);
                }
            }
        }
    }

    private static void registerArray(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        String element = column.typeName().substring(1);
        if (!element.equals("numeric")) {
            registration.register(
                    Texts.builder(PostgresColumns.element(element, null)), value -> texts(column, null, value));
            return;
        }
        Decimal decimal = PostgresColumns.decimal(
                column.length().orElse(0), column.scale().orElse(0));
        registration.register(Texts.builder(decimal), value -> texts(column, decimal, value));
    }

    private static @Nullable Object texts(RelationalColumn column, @Nullable Decimal decimal, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value == UnchangedToastedReplicationMessageColumn.UNCHANGED_TOAST_VALUE) {
            return Texts.UNAVAILABLE;
        }
        List<@Nullable String> texts = ArrayText.parse(value.toString());
        if (texts == null) {
            throw refused(column, "an array of several dimensions, which a list cannot hold");
        }
        if (decimal != null) {
            texts.forEach(text -> check(column, decimal, text));
        }
        return texts;
    }

    private static void check(RelationalColumn column, Decimal decimal, @Nullable String text) {
        if (text == null) {
            return;
        }
        try {
            if (new BigDecimal(text)
                            .setScale(decimal.scale(), RoundingMode.UNNECESSARY)
                            .precision()
                    <= decimal.precision()) {
                return;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw refused(
                    column,
                    text + ", which decimal(" + decimal.precision() + "," + decimal.scale() + ") cannot hold exactly");
        }
        throw refused(
                column,
                text + ", which decimal(" + decimal.precision() + "," + decimal.scale() + ") cannot hold exactly");
    }

    /** Debezium passes on the cause of what a converter throws. */
    private static ConnectException refused(RelationalColumn column, String what) {
        return new ConnectException(
                "value refused",
                new MillraceException(
                        ErrorCode.VALUE_OUT_OF_RANGE,
                        "column " + column.dataCollection() + "." + column.name() + " holds " + what,
                        null,
                        "Change it in the source, or leave the column out with column.exclude.list.",
                        null));
    }
}
