package dev.millrace.assets.internal;

import dev.millrace.assets.Row;
import dev.millrace.assets.Rows;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RowConsumer;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A relation of the warehouse as an input. */
final class WarehouseRows implements Rows {
    private final Session session;
    private final RelationName relation;

    WarehouseRows(Session session, RelationName relation) {
        this.session = session;
        this.relation = relation;
    }

    @Override
    public List<String> columns() {
        return session.columns(relation).stream().map(Column::name).toList();
    }

    @Override
    public long count() {
        return session.query("select count(*) from " + this).singleLong();
    }

    @Override
    public void forEach(Consumer<Row> consumer) {
        List<String> names = columns();
        RowConsumer rows = values -> {
            Map<String, @Nullable Object> byName = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                byName.put(names.get(i), values[i]);
            }
            consumer.accept(new Row(byName));
        };
        session.forEachRow("select * from " + this, rows);
    }

    @Override
    public List<Row> list() {
        List<Row> rows = new ArrayList<>();
        forEach(rows::add);
        return rows;
    }

    @Override
    public <T extends Record> List<T> list(Class<T> type) {
        RecordMaker<T> maker = new RecordMaker<>(type);
        List<T> records = new ArrayList<>();
        forEach(row -> records.add(maker.make(row)));
        return records;
    }

    @Override
    public String toString() {
        return session.dialect().quote(relation);
    }
}
