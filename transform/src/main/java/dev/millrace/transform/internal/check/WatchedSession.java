package dev.millrace.transform.internal.check;

import dev.millrace.core.graph.RelationName;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What templates talk to while they are compiled: the shadow, which knows types but has no rows. Whether a template
 * asked for something that only the real warehouse can tell is remembered.
 */
final class WatchedSession implements Session {
    private static final Pattern MAKES = Pattern.compile(
            "(?is)\\s*create\\s+(or\\s+replace\\s+)?(temp(orary)?\\s+)?(macro|function|type|schema|sequence)\\b.*");
    private static final Pattern DESCRIBES = Pattern.compile("(?is)\\s*describe\\b.*");

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
        if (DESCRIBES.matcher(sql).matches()) {
            return session.query(sql, parameters);
        }
        String tree = parameters.length > 0 ? "" : shadow.syntaxTree(sql);
        if (!tree.contains("\"statements\"")) {
            ask("its template runs a statement");
            return new Table(List.of(), List.of());
        }
        if (tree.contains("\"BASE_TABLE\"") || tree.contains("\"TABLE_FUNCTION\"") || tree.contains("\"SHOW_REF\"")) {
            ask("its template reads data to write its SQL");
        }
        return session.query(sql, parameters);
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
