package dev.millrace.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.quality.internal.condition.ConditionParser;
import dev.millrace.warehouse.duckdb.DuckDbFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowConditionTest {
    private static String sql(String condition, String parser) {
        return ConditionParser.parse(condition, parser, new Position("suite.json", 3, 10))
                .sql((name, position) -> "\"" + name + "\"", new DuckDbFactory().dialect());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            great_expectations | col("a") > 5                     | ("a" > 5)
            great_expectations | col("s") == "x'y"                | ("s" = 'x''y')
            great_expectations | col("a").notNull()               | ("a" is not null)
            pandas             | a > 5 and b == "x"               | (coalesce("a" > 5, false) and coalesce("b" = 'x', false))
            pandas             | not (a != 1) or b in [1, -2.5]   | (not coalesce("a" <> 1, true) or coalesce("b" in (1, -2.5), false))
            sql                | "a" between 1 and 2 and s like 'p%' | (("a" between 1 and 2) and ("s" like 'p%'))
            sql                | a is not null                    | ("a" is not null)
            sql                | a not in ('x', 'y')              | ("a" not in ('x', 'y'))
            """)
    void a_condition_becomes_sql(String parser, String condition, String sql) {

        assertThat(sql(condition, parser)).isEqualTo(sql);
    }

    @Test
    void words_of_python_may_be_signs() {
        assertThat(sql("a.isnull() | ~(b < 1) & c == True", "pandas"))
                .isEqualTo("((\"a\" is null) or (not coalesce(\"b\" < 1, false) and coalesce(\"c\" = true, false)))");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a > 5; drop table t",
                "1 < a < 5",
                "a + 1 > 5",
                "a.str.len() > 5",
                "a >",
                "(a > 5",
                "exists (select 1)",
                "a = 'x",
                ""
            })
    void what_is_not_understood_is_an_error_at_its_place(String condition) {
        assertThatThrownBy(() -> sql(condition, "sql")).isInstanceOfSatisfying(MillraceException.class, error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
            assertThat(error.position().orElseThrow().line()).isEqualTo(3);
            assertThat(error.position().orElseThrow().column()).isGreaterThanOrEqualTo(10);
        });
    }
}
