package dev.millrace.serving.internal.guard;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which relations a query may name. A name must lead to a table or view that exists: DuckDB takes any other for the
 * name of a file. Belongs to the check of one query.
 */
public final class VisibleRelations {
    private static final Set<String> STANDARD = Set.of("tables", "columns", "schemata");
    private static final String ALL =
            "select database_name, schema_name, table_name from duckdb_tables() where not internal"
                    + " union all select database_name, schema_name, view_name from duckdb_views() where not internal"
                    + " order by all";

    private final Session session;
    private final Predicate<RelationName> visible;
    private final Set<String> temporary;
    private final List<RelationName> reads;
    private final Set<String> seen = new HashSet<>();
    private @Nullable List<RelationName> catalog;
    private @Nullable String schema;

    /** @param reads takes what is read */
    public VisibleRelations(
            Session session, Predicate<RelationName> visible, Set<String> temporary, List<RelationName> reads) {
        this.session = session;
        this.visible = visible;
        this.temporary = temporary;
        this.reads = reads;
    }

    void require(List<String> path, BiFunction<String, @Nullable String, MillraceException> refusal) {
        String last = path.get(path.size() - 1).toLowerCase(Locale.ROOT);
        if (path.size() == 1 && temporary.contains(last)) {
            return;
        }
        if (path.size() == 2 && path.get(0).equalsIgnoreCase("information_schema") && STANDARD.contains(last)) {
            return;
        }
        for (RelationName relation : catalog()) {
            if (means(path, relation)) {
                if (seen.add(relation.key())) {
                    reads.add(relation);
                }
                return;
            }
        }
        List<String> names = new ArrayList<>();
        for (RelationName relation : catalog()) {
            names.add(path.size() == 1 ? relation.identifier() : relation.toString());
        }
        String written = String.join(".", path);
        String near = Suggestion.closest(written, names).orElse(null);
        for (RelationName relation : catalog()) {
            if (near == null && path.size() == 1 && relation.identifier().equalsIgnoreCase(last)) {
                near = relation.toString();
            } else if (near != null && path.size() == 1 && relation.identifier().equals(near)) {
                near = relation.toString();
            }
        }
        throw refusal.apply(
                "there is no table or view " + written,
                near == null
                        ? "Tables and views of the warehouse can be read; files cannot."
                        : "Did you mean '" + near + "'?");
    }

    private boolean means(List<String> path, RelationName relation) {
        int size = path.size();
        if (size > 3 || !path.get(size - 1).equalsIgnoreCase(relation.identifier())) {
            return false;
        }
        boolean home = relation.database().equalsIgnoreCase(session.warehouse().database());
        if (size == 3) {
            return path.get(0).equalsIgnoreCase(relation.database())
                    && path.get(1).equalsIgnoreCase(relation.schema());
        }
        if (size == 2) {
            boolean inSchema = home && path.get(0).equalsIgnoreCase(relation.schema());
            boolean inDatabase = relation.schema().equals("main") && path.get(0).equalsIgnoreCase(relation.database());
            return inSchema || inDatabase;
        }
        return home && relation.schema().equalsIgnoreCase(schema());
    }

    private List<RelationName> catalog() {
        List<RelationName> known = catalog;
        if (known == null) {
            known = new ArrayList<>();
            for (List<@Nullable Object> row : session.query(ALL).rows()) {
                RelationName name =
                        new RelationName(session.warehouse().identity(), text(row, 0), text(row, 1), text(row, 2));
                if (!Set.of("system", "temp").contains(name.database()) && visible.test(name)) {
                    known.add(name);
                }
            }
            catalog = known;
        }
        return known;
    }

    private String schema() {
        String known = schema;
        if (known == null) {
            known = String.valueOf(session.query("select current_schema()").single());
            schema = known;
        }
        return known;
    }

    private static String text(List<@Nullable Object> row, int index) {
        return String.valueOf(Objects.requireNonNull(row.get(index)));
    }
}
