package dev.millrace.transform.internal.check;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.QueryLineage;
import dev.millrace.sql.SyntaxTree;
import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Relation;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.RowConsumer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.shadow.Shadow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What templates talk to while they are compiled: the shadow, which knows types but has no rows. Whether a template
 * asked for something that only the real warehouse can tell is remembered.
 */
final class WatchedSession implements Session {
    private static final Pattern MAKES = Pattern.compile(
            "(?is)\\s*create\\s+(or\\s+replace\\s+)?(temp(orary)?\\s+)?(macro|function|type|schema|sequence)\\b.*");
    private static final Pattern DESCRIBES = Pattern.compile("(?is)\\s*describe\\b(.*)");

    private final Shadow shadow;
    private final ShadowTables tables;
    private final Session session;
    private @Nullable String asked;
    private @Nullable String self;

    WatchedSession(Shadow shadow, ShadowTables tables) {
        this.shadow = shadow;
        this.tables = tables;
        this.session = shadow.warehouse().open();
    }

    /** Forgets what was asked; from now on it is a node that asks. */
    void begin(RelationName node) {
        asked = null;
        self = node.key();
    }

    /** What a template asked that has no answer here. */
    Optional<String> asked() {
        return Optional.ofNullable(asked);
    }

    private void ask(String what) {
        if (asked == null) {
            asked = what;
        }
    }

    @Override
    public Warehouse warehouse() {
        return session.warehouse();
    }

    @Override
    public long execute(String sql, Object... parameters) {
        if (MAKES.matcher(sql).matches()) {
            return session.execute(sql, parameters);
        }
        ask("its template runs a statement");
        return 0;
    }

    @Override
    public Table query(String sql, Object... parameters) {
        if (MAKES.matcher(sql).matches()) {
            session.execute(sql, parameters);
            return new Table(List.of(), List.of());
        }
        Matcher describes = DESCRIBES.matcher(sql);
        boolean shape = describes.matches();
        String tree = parameters.length > 0 ? "" : shadow.syntaxTree(shape ? describes.group(1) : sql);
        if (!tree.contains("\"statements\"")) {
            ask("its template runs a statement");
            return new Table(List.of(), List.of());
        }
        boolean reads =
                tree.contains("\"BASE_TABLE\"") || tree.contains("\"TABLE_FUNCTION\"") || tree.contains("\"SHOW_REF\"");
        if (!shape && reads) {
            ask("its template reads data to write its SQL");
        }
        SyntaxTree.ofJson(tree).ifPresent(this::define);
        try {
            return session.query(sql, parameters);
        } catch (MillraceException e) {
            ask("its template asks something of the warehouse that only it can tell");
            throw e;
        }
    }

    /** Makes the tables that a query of a template reads. */
    private void define(SyntaxTree tree) {
        QueryLineage lineage = QueryLineage.of(tree, tables);
        tables.assume(lineage.mentions());
        for (String id : lineage.tables()) {
            tables.byId(id).ifPresent(table -> {
                if (!table.complete() || !table.typed()) {
                    ask("its template asks for the columns of " + table.name() + ", which are not known");
                }
                tables.define(table);
            });
        }
    }

    @Override
    public void forEachRow(String sql, RowConsumer consumer, Object... parameters) {
        ask("its template reads data to write its SQL");
    }

    @Override
    public Optional<RelationType> relationType(RelationName name) {
        Optional<ShadowTable> table = tables.table(name);
        if (table.isEmpty() && !name.key().equals(self) && !tables.existing().known()) {
            ask("its template asks whether " + name + " exists");
        }
        return table.map(known -> RelationType.TABLE);
    }

    @Override
    public List<Column> columns(RelationName name) {
        Optional<ShadowTable> table = tables.table(name);
        boolean known =
                table.isPresent() && table.get().complete() && table.get().typed();
        if (!known && !name.key().equals(self)) {
            ask("its template asks for the columns of " + name + ", which are not known");
        }
        return table.map(ShadowTable::columns).orElse(List.of());
    }

    @Override
    public List<Relation> relations(String database, String schema) {
        ask("its template asks which relations " + schema + " has");
        return List.of();
    }

    @Override
    public void createSchema(String database, String schema) {
        session.createSchema(database, schema);
    }

    @Override
    public <T> T inTransaction(Callable<T> work) {
        return session.inTransaction(work);
    }

    @Override
    public void begin() {}

    @Override
    public void commit() {}

    @Override
    public void rollback() {}

    @Override
    public long load(Load load, BatchReader rows) {
        throw new IllegalStateException("nothing is loaded into a shadow");
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        session.close();
    }
}
