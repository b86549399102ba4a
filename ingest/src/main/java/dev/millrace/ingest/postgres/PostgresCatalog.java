package dev.millrace.ingest.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code pg_catalog} through one connection. */
final class PostgresCatalog {
    private static final String RELATIONS = """
            select c.oid, n.nspname, c.relname, c.relkind::text,
                c.relkind in ('r', 'p', 'f') and not c.relispartition
                    and has_table_privilege(c.oid, 'SELECT')
                    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                        and d.objid = c.oid and d.deptype = 'e') as included,
                c.reltuples::bigint
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = any(?) and (? or c.relname = ?) and c.relkind in ('r', 'p', 'f', 'v', 'm')
            order by n.nspname, c.relname
            """;

    private static final String COLUMNS = """
            select a.attrelid, a.attname, a.atttypid, format_type(a.atttypid, a.atttypmod), a.atttypmod, a.attndims,
                not a.attnotnull
            from pg_attribute a
            where a.attrelid = any(?) and a.attnum > 0 and not a.attisdropped
            order by a.attrelid, a.attnum
            """;

    private static final String PRIMARY_KEYS = """
            select i.indrelid, a.attname
            from pg_index i
                cross join lateral unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
            where i.indrelid = any(?) and i.indisprimary
            order by i.indrelid, k.place
            """;

    private static final String TYPES = """
            select t.oid, n.nspname, t.typname, t.typtype::text, t.typcategory::text,
                case when t.typcategory = 'A' then t.typelem else 0 end, t.typbasetype, t.typtypmod, t.typndims
            from pg_type t join pg_namespace n on n.oid = t.typnamespace
            where t.oid = any(?)
            """;

    private record Relation(long oid, String schema, String name, char kind, boolean included, long rows) {}

    private final Connection connection;

    PostgresCatalog(Connection connection) {
        this.connection = connection;
    }

    /** Everything that can be read in the schemas, by schema and name. */
    List<PgTable> tables(Collection<String> schemas) throws SQLException {
        return describe(relations(schemas, Optional.empty()));
    }

    Optional<PgTable> table(String schema, String name) throws SQLException {
        return describe(relations(List.of(schema), Optional.of(name))).stream().findFirst();
    }

    /** {@code relkind} of a relation, if it exists; takes no lock. */
    Optional<Character> kind(String schema, String name) throws SQLException {
        return relations(List.of(schema), Optional.of(name)).stream()
                .map(Relation::kind)
                .findFirst();
    }

    private List<Relation> relations(Collection<String> schemas, Optional<String> name) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RELATIONS)) {
            statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
            statement.setBoolean(2, name.isEmpty());
            statement.setString(3, name.orElse(""));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    relations.add(new Relation(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4).charAt(0),
                            rows.getBoolean(5),
                            rows.getLong(6)));
                }
            }
        }
        return relations;
    }

    private List<PgTable> describe(List<Relation> relations) throws SQLException {
        Array oids = oids(relations.stream().map(Relation::oid).toList());
        Map<Long, List<PgColumn>> columns = new HashMap<>();
        Set<Long> typeIds = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setArray(1, oids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    PgColumn column = new PgColumn(
                            rows.getString(2),
                            rows.getLong(3),
                            rows.getString(4),
                            rows.getInt(5),
                            rows.getInt(6),
                            rows.getBoolean(7));
                    columns.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
                            .add(column);
                    typeIds.add(column.type());
                }
            }
        }
        Map<Long, List<String>> keys = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(PRIMARY_KEYS)) {
            statement.setArray(1, oids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        Map<Long, PgType> types = types(typeIds);
        List<PgTable> tables = new ArrayList<>();
        for (Relation relation : relations) {
            tables.add(new PgTable(
                    relation.schema(),
                    relation.name(),
                    relation.kind(),
                    relation.included(),
                    relation.rows(),
                    columns.getOrDefault(relation.oid(), List.of()),
                    keys.getOrDefault(relation.oid(), List.of()),
                    types));
        }
        return tables;
    }

    /** The types and, step by step, what their domains and arrays are made of. */
    private Map<Long, PgType> types(Set<Long> ids) throws SQLException {
        Map<Long, PgType> types = new LinkedHashMap<>();
        Set<Long> missing = new HashSet<>(ids);
        try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
            while (!missing.isEmpty()) {
                statement.setArray(1, oids(missing));
                Set<Long> next = new HashSet<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        PgType type = new PgType(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4).charAt(0),
                                rows.getString(5).charAt(0),
                                rows.getLong(6),
                                rows.getLong(7),
                                rows.getInt(8),
                                rows.getInt(9));
                        types.put(type.oid(), type);
                        next.add(type.element());
                        next.add(type.base());
                    }
                }
                next.removeAll(types.keySet());
                next.remove(0L);
                missing = next;
            }
        }
        return types;
    }

    private Array oids(Collection<Long> ids) throws SQLException {
        return connection.createArrayOf("oid", ids.toArray());
    }
}
