package dev.millrace.transform.internal.relation;

import dev.millrace.warehouse.RelationType;
import java.util.Locale;

/** What a relation is to a template: dbt's {@code relation.type}. */
public enum RelationKind {
    TABLE,
    VIEW,
    CTE,
    MATERIALIZED_VIEW,
    EXTERNAL;

    /** {@code table}, {@code view} … */
    public String key() {
        return this == MATERIALIZED_VIEW ? "materialized_view" : name().toLowerCase(Locale.ROOT);
    }

    public static RelationKind of(RelationType type) {
        return type == RelationType.VIEW ? VIEW : TABLE;
    }

    public static RelationKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
