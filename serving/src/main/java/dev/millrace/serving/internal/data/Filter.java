package dev.millrace.serving.internal.data;

import dev.millrace.warehouse.Column;
import java.util.List;

/** A condition on rows. */
sealed interface Filter {
    /** @param operator as SQL writes it */
    record Compare(Column column, String operator, String value) implements Filter {}

    /** @param operator {@code like} or {@code ilike} */
    record Like(Column column, String operator, String pattern) implements Filter {}

    record In(Column column, List<String> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /** @param state as SQL writes it: {@code null}, {@code not null}, {@code true}, {@code false} */
    record Is(Column column, String state) implements Filter {}

    record Not(Filter filter) implements Filter {}

    /** @param word {@code and} or {@code or} */
    record Group(String word, List<Filter> filters) implements Filter {
        public Group {
            filters = List.copyOf(filters);
        }
    }
}
