package dev.millrace.sql;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A column of a query's answer.
 *
 * @param name empty if the query gives it none
 * @param inputs the columns it is made of
 * @param known whether {@code inputs} is all; false where the query does something that cannot be followed
 */
public record OutputColumn(String name, Map<SourceColumn, Use> inputs, boolean known) {
    public OutputColumn {
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    }

    /** A column of which nothing is known but its name. */
    public static OutputColumn unknown(String name) {
        return new OutputColumn(name, Map.of(), false);
    }
}
