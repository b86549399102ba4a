package dev.millrace.cdc.internal.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The shapes that tables had when their rows came last, kept in the warehouse beside the position. One thread's. */
final class Shapes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;
    private final Map<String, Shape> all;
    private boolean changed;

    private Shapes(String key, Map<String, Shape> all) {
        this.key = key;
        this.all = all;
    }

    static Shapes read(Session session, String connectorKey) {
        String key = connectorKey + ".shapes";
        Optional<String> json = StateStore.read(session, key);
        try {
            return new Shapes(
                    key,
                    json.isEmpty()
                            ? new TreeMap<>()
                            : JSON.readValue(json.get(), new TypeReference<TreeMap<String, Shape>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the shapes of tables in the warehouse are damaged", e);
        }
    }

    Shape of(TableId table) {
        return all.getOrDefault(table.toString(), new Shape("", Map.of()));
    }

    void put(TableId table, Shape shape) {
        Shape before = all.put(table.toString(), shape);
        changed |= before == null || !before.isSame(shape);
    }

    /** In the session's current transaction. */
    void write(Session session) {
        if (changed) {
            try {
                StateStore.update(session, key, JSON.writeValueAsString(all));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts are JSON", e);
            }
            changed = false;
        }
    }
}
