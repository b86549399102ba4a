package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.DataType.ListOf;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.DataType.Struct;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DuckDbDialectTest {
    private final DuckDbDialect dialect = DuckDbDialect.INSTANCE;

    static Stream<DataType> types() {
        return Stream.concat(
                Stream.of(Simple.values()),
                Stream.of(
                        new Decimal(38, 10),
                        new Decimal(1, 0),
                        new ListOf(new ListOf(new Decimal(12, 2))),
                        new Struct(List.of(
                                new Field("a \"b\", (c)", Simple.TIMESTAMPTZ),
                                new Field("d", new ListOf(new Struct(List.of(new Field("e", Simple.JSON)))))))));
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_type_comes_back_from_its_name(DataType type) {
        assertThat(dialect.dataType(dialect.typeName(type))).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TINYINT                         | INT64
            UINTEGER                        | INT64
            float                           | FLOAT64
            ENUM('a)', 'b')                 | TEXT
            INTERVAL                        | TEXT
            TIMESTAMP_NS                    | TIMESTAMP
            TIMESTAMP WITH TIME ZONE        | TIMESTAMPTZ
            timestamptz                     | TIMESTAMPTZ
            MAP(VARCHAR, INTEGER)           | JSON
            UNION(num INTEGER, str VARCHAR) | JSON
            GEOMETRY                        | JSON
            something else entirely         | JSON
            DECIMAL(                        | JSON
            STRUCT(a                        | JSON
            """)
    void what_has_no_counterpart_is_text_or_json(String name, Simple expected) {
        assertThat(dialect.dataType(name)).isEqualTo(expected);
    }

    @Test
    void numbers_wider_than_a_long_are_decimals() {
        assertThat(dialect.dataType("HUGEINT")).isEqualTo(new Decimal(38, 0));
        assertThat(dialect.dataType("UBIGINT")).isEqualTo(new Decimal(20, 0));
        assertThat(dialect.dataType("DECIMAL(12,2)[3]")).isEqualTo(new ListOf(new Decimal(12, 2)));
    }

    @Test
    void quotes_are_doubled() {
        assertThat(dialect.quote("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
        assertThat(dialect.literal("it's")).isEqualTo("'it''s'");
    }
}
