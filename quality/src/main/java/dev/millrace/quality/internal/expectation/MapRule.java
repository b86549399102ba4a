package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.check.CheckQuery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What makes a value or row unexpected, said in SQL for one relation. */
@FunctionalInterface
interface MapRule {
    Sql of(Subject subject);

    /**
     * @param columns whose values are shown as examples
     * @param ignored true of rows that are left out as missing; empty if none are
     * @param from where rows are looked for, beginning with {@code from}; with the row condition in it
     * @param unexpected true of an unexpected row of {@code from}; false or null of others
     * @param count how many are unexpected, if that is asked faster otherwise
     * @param pair whether examples are shown as pairs, without the names of the columns
     */
    record Sql(
            List<TableColumn> columns,
            String ignored,
            Optional<String> from,
            String unexpected,
            @Nullable CheckQuery count,
            boolean pair) {
        static Sql of(List<TableColumn> columns, String ignored, String unexpected) {
            return new Sql(columns, ignored, Optional.empty(), unexpected, null, false);
        }

        Sql counted(CheckQuery query) {
            return new Sql(columns, ignored, from, unexpected, query, pair);
        }

        Sql in(String source) {
            return new Sql(columns, ignored, Optional.of(source), unexpected, count, pair);
        }

        Sql paired() {
            return new Sql(columns, ignored, from, unexpected, count, true);
        }
    }
}
