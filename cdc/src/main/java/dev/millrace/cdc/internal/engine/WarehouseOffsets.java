package dev.millrace.cdc.internal.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;

/**
 * Tells the engine where to resume: at the place the warehouse holds. It keeps nothing itself, because the place is
 * written with the data, in one transaction. The engine makes it by its class name, so what it tells is lent by a key.
 */
public final class WarehouseOffsets implements OffsetBackingStore {
    static final String KEY = "millrace.offsets";

    private static final ConcurrentMap<String, byte[]> LENT = new ConcurrentHashMap<>();

    private byte[] offset = new byte[0];

    /** @return a key for the property {@link #KEY} */
    static String lend(Map<String, Object> offset) {
        String key = UUID.randomUUID().toString();
        try {
            LENT.put(key, offset.isEmpty() ? new byte[0] : new ObjectMapper().writeValueAsBytes(offset));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("offsets are JSON", e);
        }
        return key;
    }

    static void takeBack(String key) {
        LENT.remove(key);
    }

    @Override
    public void configure(WorkerConfig config) {
        offset = LENT.getOrDefault(String.valueOf(config.originals().get(KEY)), new byte[0]);
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> values = new HashMap<>();
        if (offset.length > 0) {
            keys.forEach(key -> values.put(key, ByteBuffer.wrap(offset)));
        }
        return CompletableFuture.completedFuture(values);
    }

    @Override
    @SuppressWarnings("NullAway") // the callback's contract: no error, no result
    public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
        if (callback != null) {
            callback.onCompletion(null, null);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }
}
