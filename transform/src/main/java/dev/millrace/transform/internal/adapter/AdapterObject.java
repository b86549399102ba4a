package dev.millrace.transform.internal.adapter;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.relation.DbtColumn;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.relation.Methods;
import dev.millrace.transform.internal.relation.RelationKind;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Relation;
import dev.millrace.warehouse.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code adapter}: what macros may ask of and do to the warehouse
 * (docs.getdbt.com/reference/dbt-jinja-functions/adapter). Owned by the thread that runs the node.
 */
public final class AdapterObject implements JinjaObject {
    private static final Methods<AdapterObject> METHODS = new Methods<AdapterObject>()
            .add("execute", "sql, auto_begin=False, fetch=False, limit=None", AdapterObject::execute)
            .add("add_query", "sql, auto_begin=True, bindings=None, abridge_sql_log=False", AdapterObject::addQuery)
            .add("commit", "", (self, a) -> self.end())
            .add("commit_if_has_connection", "", (self, a) -> self.end())
            .add("get_relation", "database, schema, identifier", AdapterObject::getRelation)
            .add("load_relation", "relation", (self, a) -> self.loadRelation(self.relation(a.get(0))))
            .add("get_columns_in_relation", "relation", (self, a) -> self.columns(self.relation(a.get(0))))
            .add("get_column_schema_from_query", "sql, limit=None", (self, a) -> self.columnsOf(a.string(0)))
            .add("check_contract", "columns, sql", AdapterObject::checkContract)
            .add("get_missing_columns", "from_relation, to_relation", AdapterObject::missingColumns)
            .add("expand_target_column_types", "from_relation, to_relation", (self, a) -> "")
            .add("create_schema", "relation", (self, a) -> self.createSchema(self.relation(a.get(0))))
            .add("drop_schema", "relation", (self, a) -> self.dropSchema(self.relation(a.get(0))))
            .add("check_schema_exists", "database, schema", AdapterObject::schemaExists)
            .add("list_schemas", "database", (self, a) -> self.schemas(a.get(0)))
            .add("drop_relation", "relation", (self, a) -> self.drop(a.get(0)))
            .add("rename_relation", "from_relation, to_relation", AdapterObject::rename)
            .add("truncate_relation", "relation", (self, a) -> self.truncate(self.relation(a.get(0))))
            .add("list_relations", "database, schema", (self, a) -> self.list(a.get(0), Values.str(a.get(1))))
            .add(
                    "list_relations_without_caching",
                    "schema_relation",
                    (self, a) -> self.list(
                            self.orNone(self.relation(a.get(0)).database()),
                            self.relation(a.get(0)).schema()))
            .add("cache_added", "relation", (self, a) -> self.cacheAdded(self.relation(a.get(0))))
            .add("cache_dropped", "relation", (self, a) -> self.cacheDropped(self.relation(a.get(0))))
            .add("cache_renamed", "from_relation, to_relation", AdapterObject::cacheRenamed)
            .add("quote", "identifier", (self, a) -> "\"" + Values.str(a.get(0)).replace("\"", "\"\"") + "\"")
            .add("quote_as_configured", "identifier, quote_key=None", (self, a) -> "\"" + Values.str(a.get(0)) + "\"")
            .add(
                    "quote_seed_column",
                    "column, quote_config=None",
                    (self, a) -> a.isNone(1) || a.truth(1) ? "\"" + Values.str(a.get(0)) + "\"" : a.get(0))
            .add("type", "", (self, a) -> self.context.project().adapterType())
            .add("get_incremental_strategy_macro", "model_context, strategy", (self, a) -> self.strategy(a.string(1)))
            .add("valid_incremental_strategies", "", (self, a) -> PyList.of("append", "delete+insert", "merge"))
            .add("load_seed", "relation", (self, a) -> self.loadSeed(self.relation(a.get(0))));

    private final Connection connection;
    private final RelationCache cache;
    private final NodeContext context;
    private final Supplier<SeedLoader> seeds;

    public AdapterObject(Connection connection, RelationCache cache, NodeContext context, Supplier<SeedLoader> seeds) {
        this.connection = connection;
        this.cache = cache;
        this.context = context;
        this.seeds = seeds;
    }

    @Override
    public Object attribute(String name) {
        if (name.equals("dispatch")) {
            return context.dispatch();
        }
        if (name.equals("Relation")) {
            return ((JinjaObject) java.util.Objects.requireNonNull(context.lookup("api"))).attribute("Relation");
        }
        Callable method = METHODS.bind(this, name);
        return method == null ? missing(name) : method;
    }

    private Object execute(Arguments a) {
        Connection.Answer answer = connection.execute(a.string(0), a.truth(1), a.truth(2));
        return PyTuple.of(answer.response(), answer.table());
    }

    private Object addQuery(Arguments a) {
        connection.execute(a.string(0), a.truth(1), false);
        return None.NONE;
    }

    private Object end() {
        connection.commit();
        return "";
    }

    private Object getRelation(Arguments a) {
        return loadRelation(DbtRelation.of(text(a.get(0)), Values.str(a.get(1)), Values.str(a.get(2)), null));
    }

    private Object loadRelation(DbtRelation relation) {
        RelationName name = name(relation);
        Optional<RelationKind> kind = cache.kind(connection.session(), name);
        return kind.<Object>map(found -> DbtRelation.of(name, found)).orElse(None.NONE);
    }

    private PyList columns(DbtRelation relation) {
        PyList columns = new PyList();
        for (Column column : connection.session().columns(name(relation))) {
            columns.add(DbtColumn.of(column));
        }
        return columns;
    }

    private PyList columnsOf(String sql) {
        PyList columns = new PyList();
        for (Column column : describe(sql)) {
            columns.add(DbtColumn.of(column));
        }
        return columns;
    }

    private List<Column> describe(String sql) {
        Table answer = connection.session().query("describe " + sql);
        List<Column> columns = new ArrayList<>();
        answer.rows()
                .forEach(row -> columns.add(new Column(String.valueOf(row.get(0)), String.valueOf(row.get(1)), true)));
        return columns;
    }

    private Object checkContract(Arguments a) {
        Contract.check(
                connection.session(), Values.toJava(a.get(0)) instanceof Map<?, ?> map ? map : Map.of(), a.string(1));
        return "";
    }

    private Object missingColumns(Arguments a) {
        Set<String> known = connection.session().columns(name(relation(a.get(1)))).stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        PyList missing = new PyList();
        for (Column column : connection.session().columns(name(relation(a.get(0))))) {
            if (!known.contains(column.name().toLowerCase(Locale.ROOT))) {
                missing.add(DbtColumn.of(column));
            }
        }
        return missing;
    }

    private Object createSchema(DbtRelation relation) {
        cache.prepare(connection.session(), name(relation).database(), relation.schema());
        return "";
    }

    private Object dropSchema(DbtRelation relation) {
        RelationName name = name(relation);
        connection
                .session()
                .execute("drop schema if exists " + quoted(name.database()) + "." + quoted(name.schema()) + " cascade");
        cache.forget(name.database(), name.schema());
        return "";
    }

    private Object schemaExists(Arguments a) {
        return schemas(a.get(0)).stream().anyMatch(schema -> Values.str(schema).equalsIgnoreCase(Values.str(a.get(1))));
    }

    private PyList schemas(Object database) {
        PyList schemas = new PyList();
        Table answer = connection
                .session()
                .query(
                        "select distinct schema_name from information_schema.schemata where lower(catalog_name) = lower(?)",
                        database == None.NONE ? context.project().database() : Values.str(database));
        answer.rows().forEach(row -> schemas.add(String.valueOf(row.get(0))));
        return schemas;
    }

    private Object drop(Object relation) {
        if (relation == None.NONE) {
            return "";
        }
        DbtRelation dropped = relation(relation);
        RelationName name = name(dropped);
        RelationKind kind = dropped.type() != null
                ? dropped.type()
                : cache.kind(connection.session(), name).orElse(RelationKind.TABLE);
        connection
                .session()
                .execute("drop " + (kind == RelationKind.VIEW ? "view" : "table") + " if exists " + sql(name)
                        + " cascade");
        cache.remove(name);
        return "";
    }

    private Object rename(Arguments a) {
        DbtRelation from = relation(a.get(0));
        DbtRelation to = relation(a.get(1));
        RelationKind kind = from.type() != null
                ? from.type()
                : cache.kind(connection.session(), name(from)).orElse(RelationKind.TABLE);
        connection
                .session()
                .execute("alter " + (kind == RelationKind.VIEW ? "view" : "table") + " " + sql(name(from))
                        + " rename to " + quoted(to.identifier()));
        cache.rename(name(from), name(to));
        return "";
    }

    private Object truncate(DbtRelation relation) {
        connection.session().execute("truncate " + sql(name(relation)));
        return "";
    }

    private PyList list(Object database, String schema) {
        PyList relations = new PyList();
        String wanted = database == None.NONE ? context.project().database() : Values.str(database);
        for (Relation relation : connection.session().relations(wanted, schema)) {
            relations.add(DbtRelation.of(relation.name(), RelationKind.of(relation.type())));
        }
        return relations;
    }

    private Object cacheAdded(DbtRelation relation) {
        cache.add(name(relation), relation.type() == null ? RelationKind.TABLE : relation.type());
        return "";
    }

    private Object cacheDropped(DbtRelation relation) {
        cache.remove(name(relation));
        return "";
    }

    private Object cacheRenamed(Arguments a) {
        cache.rename(name(relation(a.get(0))), name(relation(a.get(1))));
        return "";
    }

    private Callable strategy(String strategy) {
        String name = "get_incremental_" + strategy.replace("+", "_") + "_sql";
        Callable macro = context.macro(name);
        if (macro == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "incremental_strategy '" + strategy + "' is not supported",
                    null,
                    "Use append, delete+insert or merge, or define the macro " + name + ".",
                    null);
        }
        return macro;
    }

    private Object loadSeed(DbtRelation relation) {
        return seeds.get().load(connection.session(), name(relation));
    }

    /** A template's value as a relation. */
    private DbtRelation relation(Object value) {
        if (value instanceof DbtRelation relation) {
            return relation;
        }
        throw JinjaException.type("expected a relation, but got " + Values.repr(value));
    }

    private RelationName name(DbtRelation relation) {
        return relation.name(
                connection.session().warehouse().identity(), context.project().database());
    }

    private String sql(RelationName name) {
        return connection.session().dialect().quote(name);
    }

    private String quoted(String identifier) {
        return connection.session().dialect().quote(identifier);
    }

    private static @org.jspecify.annotations.Nullable String text(Object value) {
        return value == None.NONE ? null : Values.str(value);
    }

    private Object orNone(@org.jspecify.annotations.Nullable String value) {
        return value == null ? None.NONE : value;
    }

    @Override
    public String typeName() {
        return "adapter";
    }
}
