package dev.millrace.transform;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Target;
import dev.millrace.transform.internal.check.Checking;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import dev.millrace.warehouse.shadow.Existing;
import dev.millrace.warehouse.shadow.Shadow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds everything a project has of SQL against an empty shadow of its warehouse, in the order of the graph: unknown
 * columns, tables and functions, and types that do not fit, are found before anything runs. The warehouse itself is
 * looked at for the columns of sources, if it exists, and never changed.
 */
public final class ProjectCheck {
    private final TransformLayer layer;

    /** @param layer that has contributed its nodes */
    public ProjectCheck(TransformLayer layer) {
        this.layer = layer;
    }

    /**
     * @param fields names of columns by relation, as those know them that write them from outside
     * @throws MillraceException ADAPTER_NOT_FOUND if there is no shadow for the target's kind of warehouse
     */
    public CheckReport run(Map<RelationName, List<String>> fields) {
        Warehouses warehouses = layer.runtime().warehouses();
        Target target = layer.parsed().context().project().target();
        try (Shadow shadow = warehouses.shadow(target).orElseThrow(() -> noShadow(target))) {
            Existing existing = existing(warehouses, target, shadow);
            return new Checking(layer.parsed(), layer.runtime(), shadow, existing, fields).report();
        }
    }

    private static Existing existing(Warehouses warehouses, Target target, Shadow shadow) {
        if (warehouses.opened(target).isEmpty()) {
            return shadow.existing(Optional.empty());
        }
        try (Session session = warehouses.opened(target).orElseThrow().open()) {
            return shadow.existing(Optional.of(session));
        }
    }

    private static MillraceException noShadow(Target target) {
        return new MillraceException(
                ErrorCode.ADAPTER_NOT_FOUND,
                "a warehouse of type '" + target.type() + "' cannot be checked against",
                target.settings().positionOf("type"),
                "Check with a target of type duckdb.",
                null);
    }
}
