package dev.millrace.jinja;

import dev.millrace.jinja.internal.value.Compare;
import dev.millrace.jinja.internal.value.Repr;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;

/** A Python list: mutable, not thread-safe. */
public final class PyList extends AbstractList<Object> implements RandomAccess {
    private final ArrayList<Object> items;

    public PyList() {
        items = new ArrayList<>();
    }

    public PyList(Collection<?> elements) {
        items = new ArrayList<>(elements);
    }

    public static PyList of(Object... elements) {
        return new PyList(List.of(elements));
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }

    @Override
    public Object set(int index, Object element) {
        return items.set(index, element);
    }

    @Override
    public void add(int index, Object element) {
        items.add(index, element);
    }

    @Override
    public boolean add(Object element) {
        return items.add(element);
    }

    @Override
    public Object remove(int index) {
        return items.remove(index);
    }

    @Override
    public void clear() {
        items.clear();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Object[] toArray() {
        return items.toArray();
    }

    /** Python's equality, so {@code [1] == [1.0]}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PyList list && Compare.sameElements(this, list);
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
