package dev.millrace.jinja;

import dev.millrace.jinja.internal.value.Compare;
import dev.millrace.jinja.internal.value.Hash;
import dev.millrace.jinja.internal.value.Repr;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Python dict: insertion-ordered, keys equal as Python has it ({@code 1}, {@code 1.0} and {@code True} are one key).
 * Mutable, not thread-safe.
 */
public final class PyDict implements Iterable<Object> {
    private final LinkedHashMap<Object, Entry> entries;

    /** One pair of a dict. */
    public static final class Entry {
        private final Object key;
        private Object value;

        private Entry(Object key, Object value) {
            this.key = key;
            this.value = value;
        }

        public Object key() {
            return key;
        }

        public Object value() {
            return value;
        }
    }

    public PyDict() {
        entries = new LinkedHashMap<>();
    }

    public PyDict(PyDict other) {
        entries = new LinkedHashMap<>();
        putAll(other);
    }

    /** A dict of the pairs of {@code map}, whose values must already be template values. */
    public static PyDict of(Map<?, ?> map) {
        PyDict dict = new PyDict();
        map.forEach((key, value) -> dict.put(key, value));
        return dict;
    }

    /** The value, or null when the key is absent. Raises a TypeError for an unhashable key. */
    public @Nullable Object get(Object key) {
        Entry entry = entries.get(Hash.key(key));
        return entry == null ? null : entry.value;
    }

    public Object getOrDefault(Object key, Object fallback) {
        Object value = get(key);
        return value == null ? fallback : value;
    }

    public boolean containsKey(Object key) {
        return entries.containsKey(Hash.key(key));
    }

    public void put(Object key, Object value) {
        Object hashed = Hash.key(key);
        Entry entry = entries.get(hashed);
        if (entry != null) {
            entry.value = value;
        } else {
            entries.put(hashed, new Entry(key, value));
        }
    }

    public void putAll(PyDict other) {
        for (Entry entry : other.entries()) {
            put(entry.key, entry.value);
        }
    }

    /** Removes the pair and returns its value, or null when the key is absent. */
    public @Nullable Object remove(Object key) {
        Entry entry = entries.remove(Hash.key(key));
        return entry == null ? null : entry.value;
    }

    public void clear() {
        entries.clear();
    }

    public int size() {
        return entries.size();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The pairs in order, a live view. Iterating fails when the dict grows or shrinks meanwhile, as in Python. */
    public Iterable<Entry> entries() {
        return this::entryIterator;
    }

    private Iterator<Entry> entryIterator() {
        Iterator<Entry> pairs = entries.values().iterator();
        int size = entries.size();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (entries.size() != size) {
                    throw new JinjaException(JinjaException.Kind.RUNTIME, "dictionary changed size during iteration");
                }
                return pairs.hasNext();
            }

            @Override
            public Entry next() {
                return pairs.next();
            }
        };
    }

    /** The keys in order, a live view. */
    public Set<Object> keys() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Object> iterator() {
                return PyDict.this.iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }

            @Override
            public boolean contains(Object key) {
                return containsKey(key);
            }
        };
    }

    /** Iterates the keys, as Python does. */
    @Override
    public Iterator<Object> iterator() {
        Iterator<Entry> pairs = entryIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pairs.hasNext();
            }

            @Override
            public Object next() {
                return pairs.next().key;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof PyDict dict) || dict.size() != size()) {
            return false;
        }
        for (Entry entry : entries.values()) {
            Object theirs = dict.get(entry.key);
            if (theirs == null || !Compare.equal(entry.value, theirs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return size();
    }

    @Override
    public String toString() {
        return Repr.repr(this);
    }
}
