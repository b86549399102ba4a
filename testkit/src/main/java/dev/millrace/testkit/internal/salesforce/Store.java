package dev.millrace.testkit.internal.salesforce;

import dev.millrace.testkit.SalesforceField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All records. Every request runs in {@link #inTransaction}, one after the other; what it wrote is in the journal
 * before it is answered.
 */
public final class Store implements AutoCloseable {
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, Table> tablesByLowerName = new LinkedHashMap<>();
    private final Clock clock;
    private final @Nullable Journal journal;
    private final Deque<Undo> written = new ArrayDeque<>();

    private record Undo(Table table, String id, @Nullable Row before) {}

    /** @param stateFile where the records are kept; in memory only if null */
    public Store(Collection<ObjectSchema> schemas, Clock clock, @Nullable Path stateFile) throws IOException {
        for (ObjectSchema schema : schemas) {
            Table table = new Table(schema);
            tables.put(schema.name(), table);
            tablesByLowerName.put(schema.name().toLowerCase(Locale.ROOT), table);
        }
        this.clock = clock;
        this.journal = stateFile == null ? null : Journal.open(stateFile, tables);
    }

    /** Runs it alone; what it wrote stays if it returns, and is undone if it throws. */
    synchronized <T> T inTransaction(Supplier<T> work) {
        try {
            T result = work.get();
            commit();
            return result;
        } finally {
            rollbackTo(0);
        }
    }

    Collection<Table> tables() {
        return tables.values();
    }

    Optional<Table> table(String anyCase) {
        return Optional.ofNullable(tablesByLowerName.get(anyCase.toLowerCase(Locale.ROOT)));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    void write(Table table, Row row) {
        written.push(new Undo(table, row.id(), table.row(row.id()).orElse(null)));
        table.put(row);
    }

    /** How many writes the running transaction has made: a point to roll back to. */
    int savepoint() {
        return written.size();
    }

    void rollbackTo(int savepoint) {
        while (written.size() > savepoint) {
            Undo undo = written.pop();
            if (undo.before() == null) {
                undo.table().remove(undo.id());
            } else {
                undo.table().put(undo.before());
            }
        }
    }

    /** The live records of an object, each as its fields' values as the API shows them. */
    public synchronized List<Map<String, Object>> records(String object) {
        Table table = table(object).orElseThrow(() -> new IllegalArgumentException("no object " + object));
        List<Map<String, Object>> records = new ArrayList<>();
        for (Row row : table.rows()) {
            if (!row.deleted()) {
                Map<String, Object> record = new LinkedHashMap<>();
                for (SalesforceField field : table.schema().fields()) {
                    Object value = row.value(field);
                    if (value != null) {
                        record.put(field.name(), value);
                    }
                }
                records.add(record);
            }
        }
        return records;
    }

    @Override
    public synchronized void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }

    private void commit() {
        if (journal != null && !written.isEmpty()) {
            Map<String, Journal.Change> last = new LinkedHashMap<>();
            written.descendingIterator()
                    .forEachRemaining(undo -> undo.table()
                            .row(undo.id())
                            .ifPresent(row -> last.put(undo.id(), new Journal.Change(undo.table(), row))));
            try {
                journal.append(last.values());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot keep the state of the Salesforce service", e);
            }
        }
        written.clear();
    }
}
