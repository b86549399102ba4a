package dev.millrace.jinja;

import dev.millrace.jinja.internal.value.Hash;
import dev.millrace.jinja.internal.value.Repr;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;

/** A Python set. Keeps insertion order, where Python's order is arbitrary. Mutable, not thread-safe. */
public final class PySet extends AbstractSet<Object> {
    private final LinkedHashMap<Object, Object> items = new LinkedHashMap<>();

    public PySet() {}

    public PySet(Iterable<?> elements) {
        for (Object element : elements) {
            add(element);
        }
    }

    @Override
    public boolean add(Object element) {
        return items.putIfAbsent(Hash.key(element), element) == null;
    }

    @Override
    public boolean contains(Object element) {
        return items.containsKey(Hash.key(element));
    }

    @Override
    public boolean remove(Object element) {
        return items.remove(Hash.key(element)) != null;
    }

    @Override
    public void clear() {
        items.clear();
    }

    @Override
    public Iterator<Object> iterator() {
        return items.values().iterator();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PySet set && set.items.keySet().equals(items.keySet());
    }

    @Override
    public int hashCode() {
        return items.keySet().hashCode();
    }

    @Override
    public String toString() {
        return Repr.repr(this);
    }
}
