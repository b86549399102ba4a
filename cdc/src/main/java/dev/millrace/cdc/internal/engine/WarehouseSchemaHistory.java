package dev.millrace.cdc.internal.engine;

import io.debezium.config.Configuration;
import io.debezium.document.DocumentReader;
import io.debezium.document.DocumentWriter;
import io.debezium.relational.history.AbstractSchemaHistory;
import io.debezium.relational.history.HistoryRecord;
import io.debezium.relational.history.HistoryRecordComparator;
import io.debezium.relational.history.SchemaHistoryListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Debezium's history of table definitions, kept in the warehouse. Debezium makes it by its class name. */
public final class WarehouseSchemaHistory extends AbstractSchemaHistory {
    static final String KEY = "schema.history.internal.millrace";

    private @Nullable SchemaHistoryLog log;

    @Override
    public void configure(
            Configuration settings,
            HistoryRecordComparator comparator,
            SchemaHistoryListener listener,
            boolean useCatalogBeforeSchema) {
        super.configure(settings, comparator, listener, useCatalogBeforeSchema);
        log = SchemaHistoryLog.lent(settings.getString(KEY));
    }

    private SchemaHistoryLog log() {
        return Objects.requireNonNull(log);
    }

    @Override
    protected void storeRecord(HistoryRecord record) {
        try {
            log().add(DocumentWriter.defaultWriter().write(record.document()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void recoverRecords(Consumer<HistoryRecord> records) {
        for (String one : log().records()) {
            try {
                records.accept(new HistoryRecord(DocumentReader.defaultReader().read(one)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public boolean storageExists() {
        return true;
    }

    @Override
    public boolean exists() {
        return !log().records().isEmpty();
    }
}
