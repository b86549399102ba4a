package dev.millrace.cdc.internal.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The columns of a table as its source declares them. Immutable.
 *
 * @param version what the source changes when it writes all rows of the table anew; empty if that is not known
 * @param columns their types by their names, in their order; empty if they have not been seen yet
 */
public record Shape(
        @JsonProperty("version") String version,
        @JsonProperty("columns") Map<String, String> columns) {
    public Shape {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /** Whether it is equal, in the same order. */
    boolean isSame(Shape other) {
        return equals(other) && names().equals(other.names());
    }

    /** Whether a column that both have is declared otherwise. */
    public boolean declaresAnew(Shape other) {
        return common(other).stream().anyMatch(name -> !Objects.equals(columns.get(name), other.columns.get(name)));
    }

    /** The names that are in both, in this one's order. */
    public List<String> common(Shape other) {
        List<String> names = new ArrayList<>(names());
        names.retainAll(other.columns.keySet());
        return names;
    }
}
