package dev.millrace.warehouse.shadow;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the real warehouse holds.
 *
 * @param known whether it could be looked at; a warehouse that does not exist yet is known to be empty
 * @param tables columns by {@link RelationName#key}
 * @param functions names of functions, macros and types that somebody has made in it, in lower case
 */
public record Existing(boolean known, Map<String, List<Column>> tables, Set<String> functions) {
    public static final Existing NOTHING = new Existing(true, Map.of(), Set.of());
    public static final Existing UNKNOWN = new Existing(false, Map.of(), Set.of());

    public Existing {
        tables = Map.copyOf(tables);
        functions = Set.copyOf(functions);
    }

    /** The columns of a relation, if it exists. */
    public Optional<List<Column>> columns(RelationName name) {
        return Optional.ofNullable(tables.get(name.key()));
    }
}
