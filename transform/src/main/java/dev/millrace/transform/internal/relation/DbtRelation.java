package dev.millrace.transform.internal.relation;

import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Values;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A relation as templates see it (docs.getdbt.com/reference/dbt-classes#relation): {@code {{ relation }}} writes its
 * quoted name. Immutable and thread-safe.
 */
public final class DbtRelation implements JinjaObject {
    private static final Methods<DbtRelation> METHODS = new Methods<DbtRelation>()
            .add("render", "", (self, a) -> path(self))
            .add(
                    "include",
                    "database=None, schema=None, identifier=None",
                    (self, a) -> self.with(self.include.with(a), self.quote))
            .add(
                    "quote",
                    "database=None, schema=None, identifier=None",
                    (self, a) -> self.with(self.include, self.quote.with(a)))
            .add("incorporate", "path=None, type=None, **kwargs", DbtRelation::incorporate)
            .add("replace_path", "database=None, schema=None, identifier=None", DbtRelation::replacePath)
            .add("without_identifier", "", (self, a) -> self.with(self.include.without("identifier"), self.quote))
            .add("include_identifier", "", (self, a) -> self)
            .add("matches", "database=None, schema=None, identifier=None", (self, a) -> self.matches(a))
            .add("information_schema", "view_name=None", (self, a) -> InformationSchema.of(self, a.get(0)))
            .add("information_schema_only", "", (self, a) -> InformationSchema.of(self, None.NONE))
            .add("quoted", "identifier", (self, a) -> quoted(a.string(0)))
            .add("render_limited", "", (self, a) -> self.display())
            .add("get", "key, default=None", (self, a) -> self.getOr(a.string(0), a.get(1)));

    /** How packages know a relation: dbt_utils asks for the name of its class. */
    private static final PyDict METADATA = PyDict.of(java.util.Map.of("type", "DuckDBRelation"));

    private final @Nullable String database;
    private final @Nullable String schema;
    private final @Nullable String identifier;
    private final @Nullable RelationKind type;
    private final RelationPolicy include;
    private final RelationPolicy quote;
    private final boolean empty;
    private final @Nullable String condition;

    private DbtRelation(
            @Nullable String database,
            @Nullable String schema,
            @Nullable String identifier,
            @Nullable RelationKind type,
            RelationPolicy include,
            RelationPolicy quote,
            boolean empty,
            @Nullable String condition) {
        this.database = database;
        this.schema = schema;
        this.identifier = identifier;
        this.type = type;
        this.include = include;
        this.quote = quote;
        this.empty = empty;
        this.condition = condition;
    }

    public static DbtRelation of(RelationName name, @Nullable RelationKind type) {
        return of(name.database(), name.schema(), name.identifier(), type);
    }

    public static DbtRelation of(
            @Nullable String database,
            @Nullable String schema,
            @Nullable String identifier,
            @Nullable RelationKind type) {
        return new DbtRelation(database, schema, identifier, type, RelationPolicy.ALL, RelationPolicy.ALL, false, null);
    }

    /** What stands for an ephemeral model in the SQL of those that read it. */
    public static DbtRelation cte(String name) {
        return new DbtRelation(
                null,
                null,
                name,
                RelationKind.CTE,
                RelationPolicy.ALL,
                new RelationPolicy(false, false, false),
                false,
                null);
    }

    /** What is no relation of the warehouse but read by an expression, such as a file. */
    public static DbtRelation external(String expression) {
        return new DbtRelation(
                null,
                null,
                expression,
                RelationKind.EXTERNAL,
                RelationPolicy.ALL,
                new RelationPolicy(false, false, false),
                false,
                null);
    }

    public @Nullable String database() {
        return database;
    }

    public String schema() {
        return schema == null ? "" : schema;
    }

    public String identifier() {
        return identifier == null ? "" : identifier;
    }

    public @Nullable RelationKind type() {
        return type;
    }

    /** The name in a warehouse, for calls into Java. */
    public RelationName name(String warehouse, String defaultDatabase) {
        return new RelationName(warehouse, database == null ? defaultDatabase : database, schema(), identifier());
    }

    public DbtRelation withType(@Nullable RelationKind kind) {
        return new DbtRelation(database, schema, identifier, kind, include, quote, empty, condition);
    }

    public DbtRelation withQuote(RelationPolicy policy) {
        return with(include, policy);
    }

    /** Reads as a relation without rows, for {@code --empty}. */
    public DbtRelation withoutRows() {
        return new DbtRelation(database, schema, identifier, type, include, quote, true, condition);
    }

    /** Reads as the rows that fulfil {@code sql}. */
    public DbtRelation where(String sql) {
        return new DbtRelation(database, schema, identifier, type, include, quote, empty, sql);
    }

    private DbtRelation with(RelationPolicy newInclude, RelationPolicy newQuote) {
        return new DbtRelation(database, schema, identifier, type, newInclude, newQuote, empty, condition);
    }

    private Object incorporate(Arguments a) {
        String newDatabase = database;
        String newSchema = schema;
        String newIdentifier = identifier;
        if (a.get("path") instanceof PyDict path) {
            newDatabase = part(path.get("database"), newDatabase);
            newSchema = part(path.get("schema"), newSchema);
            newIdentifier = part(path.get("identifier"), newIdentifier);
        }
        RelationKind kind = a.get("type") == None.NONE ? type : kind(a.get("type"));
        return new DbtRelation(newDatabase, newSchema, newIdentifier, kind, include, quote, empty, condition);
    }

    private Object replacePath(Arguments a) {
        return new DbtRelation(
                part(a.get("database"), database),
                part(a.get("schema"), schema),
                part(a.get("identifier"), identifier),
                type,
                include,
                quote,
                empty,
                condition);
    }

    private static @Nullable String part(@Nullable Object value, @Nullable String fallback) {
        return value == null || value == None.NONE ? fallback : Values.str(value);
    }

    /** The type a template names, or null for none. */
    static @Nullable RelationKind kind(Object value) {
        return value == None.NONE ? null : RelationKind.of(Values.str(value));
    }

    private boolean matches(Arguments a) {
        return same(a.get("database"), database)
                && same(a.get("schema"), schema)
                && same(a.get("identifier"), identifier);
    }

    private static boolean same(Object wanted, @Nullable String actual) {
        return wanted == None.NONE || Values.str(wanted).equalsIgnoreCase(actual == null ? "" : actual);
    }

    private Object getOr(String key, Object fallback) {
        Object value = value(key);
        return value == null ? fallback : value;
    }

    private @Nullable Object value(String name) {
        return switch (name) {
            case "database" -> orNone(database);
            case "schema" -> orNone(schema);
            case "identifier", "name", "table" -> orNone(identifier);
            case "type" -> type == null ? None.NONE : type.key();
            case "metadata" -> METADATA;
            default -> null;
        };
    }

    private static Object orNone(@Nullable String text) {
        return text == null ? None.NONE : text;
    }

    @Override
    public Object attribute(String name) {
        Object value = value(name);
        if (value != null) {
            return value;
        }
        Callable method = METHODS.bind(this, name);
        if (method != null) {
            return method;
        }
        return switch (name) {
            case "is_table" -> type == RelationKind.TABLE;
            case "is_view" -> type == RelationKind.VIEW;
            case "is_cte" -> type == RelationKind.CTE;
            case "is_materialized_view" -> type == RelationKind.MATERIALIZED_VIEW;
            case "is_pointer" -> false;
            case "is_dynamic_table", "is_iceberg_format", "can_be_replaced_placeholder" -> false;
            case "can_be_renamed", "can_be_replaced" -> true;
            case "path" -> path();
            case "View" -> "view";
            case "Table" -> "table";
            case "CTE" -> "cte";
            case "MaterializedView" -> "materialized_view";
            case "External" -> "external";
            default -> missing(name);
        };
    }

    private PyDict path() {
        PyDict path = new PyDict();
        path.put("database", orNone(database));
        path.put("schema", orNone(schema));
        path.put("identifier", orNone(identifier));
        return path;
    }

    @Override
    public String display() {
        String rows = empty ? "(select * from " + path(this) + " where false limit 0)" : path(this);
        return condition == null ? rows : "(select * from " + rows + " where " + condition + ")";
    }

    /** The name as templates that want nothing else see it: {@code "yard"."main"."sacks"}. */
    private static String path(DbtRelation relation) {
        StringBuilder text = new StringBuilder();
        append(text, relation.database, relation.include.database(), relation.quote.database());
        append(text, relation.schema, relation.include.schema(), relation.quote.schema());
        append(text, relation.identifier, relation.include.identifier(), relation.quote.identifier());
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable String part, boolean written, boolean quoted) {
        if (part == null || !written) {
            return;
        }
        if (text.length() > 0) {
            text.append('.');
        }
        text.append(quoted ? quoted(part) : part);
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String representation() {
        return "<DuckDBRelation " + display() + ">";
    }

    @Override
    public String typeName() {
        return "Relation";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DbtRelation that && key().equals(that.key()) && type == that.type;
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    private String key() {
        return (database + "\0" + schema + "\0" + identifier).toLowerCase(Locale.ROOT);
    }
}
