package dev.millrace.cdc.internal;

import dev.millrace.cdc.internal.apply.Destination;
import dev.millrace.cdc.internal.config.ConnectorOptions;
import dev.millrace.cdc.internal.config.ConnectorSpec;
import dev.millrace.cdc.internal.config.Endpoint;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.config.TablePattern;
import dev.millrace.cdc.internal.source.SourceDatabase;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Target;
import dev.millrace.warehouse.Warehouses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A connector with what its names mean. Immutable. */
public record Connector(
        String project,
        ConnectorSpec spec,
        ConnectorOptions options,
        Endpoint endpoint,
        SourceDatabase database,
        Target target,
        Warehouses warehouses) {
    /** Under which the warehouse keeps how far it has come. */
    public String stateKey() {
        return "cdc." + project + "." + spec.name();
    }

    /** Of our own tables in the warehouse. */
    String prefix() {
        return "cdc_" + spec.name();
    }

    /** Its tables, asked of the database unless its lists say them. */
    List<TableId> tables() {
        TablePattern pattern = TablePattern.of(spec);
        return pattern.plain().orElseGet(() -> database.tables(pattern));
    }

    /** Where the tables go. Two of the same name in different schemas get their schema's name before theirs. */
    List<Destination> destinations(List<TableId> tables) {
        Set<String> names = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (TableId table : tables) {
            String name = table.table().toLowerCase(Locale.ROOT);
            if (!names.add(name)) {
                twice.add(name);
            }
        }
        List<Destination> destinations = new ArrayList<>();
        for (TableId table : tables) {
            String name = twice.contains(table.table().toLowerCase(Locale.ROOT))
                    ? table.schema() + "_" + table.table()
                    : table.table();
            RelationName relation = warehouses.relation(target, options.schema(), name);
            destinations.add(new Destination(table, relation, options.table(table)));
        }
        return destinations;
    }
}
