package dev.millrace.transform.internal.seed;

import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a seed's table: its texts go in by the bulk path and are cast by the warehouse, all in one transaction. */
public final class SeedTable {
    private final Resource seed;

    public SeedTable(Resource seed) {
        this.seed = seed;
    }

    /** The columns it will have, as configured or as found in its file. */
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        SeedFile.read(seed).types().forEach((name, type) -> columns.add(new Column(name, type, true)));
        return columns;
    }

    /** @return rows loaded */
    public long load(Session session, RelationName target) {
        SeedFile file = SeedFile.read(seed);
        return session.inTransaction(() -> replace(session, target, file));
    }

    private static long replace(Session session, RelationName target, SeedFile file) {
        Dialect dialect = session.dialect();
        RelationName staging = target.withIdentifier(target.identifier() + "__dbt_tmp");
        session.execute("drop table if exists " + dialect.quote(staging));
        List<DataType.Field> fields = new ArrayList<>();
        file.types().keySet().forEach(name -> fields.add(new DataType.Field(name, DataType.Simple.TEXT)));
        long rows = session.load(
                new Load(staging, fields, List.of(), 1, count -> {}), new SeedRows(file.rows(), fields.size()));
        Optional<RelationType> existing = session.relationType(target);
        if (existing.isPresent() && existing.get() == RelationType.VIEW) {
            session.execute("drop view " + dialect.quote(target));
        }
        session.execute("create or replace table " + dialect.quote(target) + " as select "
                + casts(file.types(), dialect) + " from " + dialect.quote(staging));
        session.execute("drop table " + dialect.quote(staging));
        return rows;
    }

    private static String casts(Map<String, String> types, Dialect dialect) {
        List<String> casts = new ArrayList<>();
        types.forEach((name, type) -> {
            String column = dialect.quote(name);
            boolean text = type.equalsIgnoreCase("VARCHAR") || type.equalsIgnoreCase("TEXT");
            String value = text
                    ? column
                    : "case when lower(trim(" + column + ")) = 'null' then null else trim(" + column + ") end";
            casts.add("cast(" + value + " as " + type + ") as " + column);
        });
        return String.join(", ", casts);
    }
}
