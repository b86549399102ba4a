package dev.millrace.cdc.internal.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that tables have had, by which a binary log's rows are read. They are kept beside the position, and
 * may be ahead of it: what is after the position is not looked at. Thread-safe.
 */
public final class SchemaHistoryLog implements AutoCloseable {
    private static final ConcurrentMap<String, SchemaHistoryLog> LENT = new ConcurrentHashMap<>();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key = UUID.randomUUID().toString();
    private final String stateKey;
    private final List<String> records;
    private boolean changed = true;

    private SchemaHistoryLog(String stateKey, List<String> records) {
        this.stateKey = stateKey;
        this.records = new ArrayList<>(records);
        LENT.put(key, this);
    }

    /** @param resumes whether the tables have been read before */
    public static SchemaHistoryLog open(Session session, String connectorKey, boolean resumes) {
        String stateKey = connectorKey + ".schemas";
        List<String> known = resumes
                ? StateStore.read(session, stateKey)
                        .map(SchemaHistoryLog::parse)
                        .orElse(List.of())
                : List.of();
        return new SchemaHistoryLog(stateKey, known);
    }

    private static List<String> parse(String json) {
        try {
            return List.of(JSON.readValue(json, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table definitions in the warehouse are damaged", e);
        }
    }

    static @Nullable SchemaHistoryLog lent(String key) {
        return LENT.get(key);
    }

    /** By which {@link WarehouseSchemaHistory} finds it. */
    public String key() {
        return key;
    }

    synchronized void add(String record) {
        records.add(record);
        changed = true;
    }

    synchronized List<String> records() {
        return List.copyOf(records);
    }

    /** Adds the definitions of the tables that another log tells of, but not what it says of whole databases. */
    public void addTables(SchemaHistoryLog other) {
        for (String record : other.records()) {
            if (definesTable(record)) {
                add(record);
            }
        }
    }

    private static boolean definesTable(String record) {
        try {
            for (JsonNode change : JSON.readTree(record).path("tableChanges")) {
                if (change.path("type").asText().equals("CREATE")) {
                    return true;
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Debezium's records are JSON", e);
        }
    }

    /** In the session's current transaction. */
    public synchronized void write(Session session) {
        if (changed) {
            try {
                StateStore.update(session, stateKey, JSON.writeValueAsString(records));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts are JSON", e);
            }
            changed = false;
        }
    }

    @Override
    public void close() {
        LENT.remove(key);
    }
}
