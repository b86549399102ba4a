package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Comment;
import dev.millrace.warehouse.Relation;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What exists in a database. */
final class Catalog {
    private static final String RELATIONS = """
        select table_name, 'TABLE' from duckdb_tables()
        where lower(database_name) = lower($1) and lower(schema_name) = lower($2) and not internal
        union all
        select view_name, 'VIEW' from duckdb_views()
        where lower(database_name) = lower($1) and lower(schema_name) = lower($2) and not internal
        """;

    private static final String RELATION = """
        select 'TABLE' from duckdb_tables() where lower(database_name) = lower($1)
        and lower(schema_name) = lower($2) and lower(table_name) = lower($3)
        union all
        select 'VIEW' from duckdb_views() where lower(database_name) = lower($1)
        and lower(schema_name) = lower($2) and lower(view_name) = lower($3)
        """;

    private static final String COLUMNS = """
        select column_name, data_type, is_nullable from duckdb_columns()
        where lower(database_name) = lower($1) and lower(schema_name) = lower($2) and lower(table_name) = lower($3)
        order by column_index
        """;

    private static final String COMMENTS = """
        select table_name, null, comment from duckdb_tables()
        where lower(database_name) = lower($1) and lower(schema_name) = lower($2) and comment is not null
        union all
        select view_name, null, comment from duckdb_views()
        where lower(database_name) = lower($1) and lower(schema_name) = lower($2) and comment is not null
        union all
        select table_name, column_name, comment from duckdb_columns()
        where lower(database_name) = lower($1) and lower(schema_name) = lower($2) and comment is not null
        """;

    private static final Pattern STORAGE = Pattern.compile("v(\\d+)\\.(\\d+).*");

    private Catalog() {}

    /**
     * Whether the format of the database's file has Zstandard: it came with 1.2. A database in memory has no format.
     */
    static boolean storesZstd(Session session, String database) {
        Table tags = session.query(
                "select tags['storage_version'] from duckdb_databases() where lower(database_name) = lower(?)",
                database);
        Matcher version = STORAGE.matcher(
                tags.rows().isEmpty() ? "" : String.valueOf(tags.rows().get(0).get(0)));
        return version.matches()
                && (!version.group(1).equals("1") || Integer.parseInt(version.group(2)) >= 2)
                && !version.group(1).equals("0");
    }

    static List<Comment> comments(Session session, String database, String schema) {
        List<Comment> comments = new ArrayList<>();
        for (List<@Nullable Object> row :
                session.query(COMMENTS, database, schema).rows()) {
            comments.add(new Comment(
                    String.valueOf(row.get(0)),
                    Optional.ofNullable(row.get(1)).map(String::valueOf),
                    String.valueOf(row.get(2))));
        }
        return comments;
    }

    static Optional<RelationType> relationType(Session session, RelationName name) {
        Table answer = session.query(RELATION, name.database(), name.schema(), name.identifier());
        return answer.rows().stream().findFirst().map(row -> RelationType.valueOf(String.valueOf(row.get(0))));
    }

    static List<Relation> relations(Session session, String database, String schema) {
        String warehouse = session.warehouse().identity();
        List<Relation> relations = new ArrayList<>();
        for (List<@Nullable Object> row :
                session.query(RELATIONS, database, schema).rows()) {
            relations.add(new Relation(
                    new RelationName(warehouse, database, schema, String.valueOf(row.get(0))),
                    RelationType.valueOf(String.valueOf(row.get(1)))));
        }
        return relations;
    }

    /** DESCRIBE looks up the one relation; the listing of all columns serves views that no longer bind. */
    static List<Column> columns(Session session, RelationName name) {
        try {
            List<Column> columns = new ArrayList<>();
            for (List<@Nullable Object> row :
                    session.query("describe " + session.dialect().quote(name)).rows()) {
                columns.add(
                        new Column(String.valueOf(row.get(0)), String.valueOf(row.get(1)), "YES".equals(row.get(2))));
            }
            return columns;
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.SQL_FAILED) {
                throw e;
            }
            return listed(session, name);
        }
    }

    /** Like {@link #columns}, and an absent relation does not abort the transaction that asks. */
    static List<Column> listed(Session session, RelationName name) {
        List<Column> columns = new ArrayList<>();
        for (List<@Nullable Object> row : session.query(COLUMNS, name.database(), name.schema(), name.identifier())
                .rows()) {
            columns.add(new Column(
                    String.valueOf(row.get(0)), String.valueOf(row.get(1)), Boolean.TRUE.equals(row.get(2))));
        }
        return columns;
    }
}
