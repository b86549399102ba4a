package dev.millrace.transform.internal.cache;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A map that is made when it is first looked into. Immutable and thread-safe. */
final class LaterMap<K, V> extends AbstractMap<K, V> {
    private final Supplier<Map<K, V>> maker;
    private volatile @Nullable Map<K, V> made;

    /** @param maker gives the same each time, from any thread */
    LaterMap(Supplier<Map<K, V>> maker) {
        this.maker = maker;
    }

    private Map<K, V> made() {
        Map<K, V> known = made;
        if (known == null) {
            known = Collections.unmodifiableMap(maker.get());
            made = known;
        }
        return known;
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return made().entrySet();
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return made().get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return made().containsKey(key);
    }
}
