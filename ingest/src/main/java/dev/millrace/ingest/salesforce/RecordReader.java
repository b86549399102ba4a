package dev.millrace.ingest.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ingest.source.StreamReader;
import dev.millrace.salesforce.QueryPage;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The pages of a query. One thread at a time asks for the next part; the parts are converted by whoever asked. */
final class RecordReader implements StreamReader {
    private final SalesforceClient client;
    private final Iterator<QueryPage> pages;
    private final List<FieldMapping> fields;
    private final List<String> primaryKey;
    private final long total;

    /** Of the page that is being handed out; guarded by this. */
    private List<ObjectNode> records;

    private int next;

    private RecordReader(
            SalesforceClient client,
            Iterator<QueryPage> pages,
            QueryPage first,
            List<FieldMapping> fields,
            List<String> primaryKey) {
        this.client = client;
        this.pages = pages;
        this.fields = List.copyOf(fields);
        this.primaryKey = List.copyOf(primaryKey);
        this.total = first.totalSize();
        this.records = first.records();
    }

    /** Asks for the first page, so that what is wrong with the query is known before anything is written. */
    static RecordReader open(
            SalesforceClient client, Iterator<QueryPage> pages, List<FieldMapping> fields, List<String> primaryKey) {
        return new RecordReader(client, pages, pages.next(), fields, primaryKey);
    }

    @Override
    public int read(ColumnWriter[] columns, int capacity) {
        List<ObjectNode> part = part(capacity);
        for (int c = 0; c < columns.length; c++) {
            FieldMapping field = fields.get(c);
            FieldValue converter = FieldValue.of(field);
            for (int r = 0; r < part.size(); r++) {
                JsonNode value = part.get(r).path(field.name());
                if (value.isNull() || value.isMissingNode()) {
                    columns[c].setNull(r);
                } else {
                    converter.write(value, columns[c], r);
                }
            }
        }
        return part.size();
    }

    private synchronized List<ObjectNode> part(int capacity) {
        while (next == records.size()) {
            if (!pages.hasNext()) {
                return List.of();
            }
            records = pages.next().records();
            next = 0;
        }
        int end = Math.min(records.size(), next + capacity);
        List<ObjectNode> part = records.subList(next, end);
        next = end;
        return part;
    }

    @Override
    public List<DataType.Field> fields() {
        return fields.stream()
                .map(field -> new DataType.Field(field.name(), field.type()))
                .toList();
    }

    @Override
    public List<String> primaryKey() {
        return primaryKey;
    }

    @Override
    public OptionalLong estimatedRows() {
        return OptionalLong.of(total);
    }

    /** Salesforce does not tell which transactions are open. */
    @Override
    public Optional<String> settledUntil() {
        return Optional.empty();
    }

    @Override
    public void cancel() {
        client.cancel();
    }

    /** Nothing is held between pages. */
    @Override
    public void close() {}
}
