package dev.millrace.jinja;

import dev.millrace.jinja.internal.value.Compare;
import dev.millrace.jinja.internal.value.Hash;
import dev.millrace.jinja.internal.value.Repr;
import java.util.AbstractList;
import java.util.Collection;
import java.util.RandomAccess;

/** A Python tuple: immutable, though its elements may be mutable. */
public final class PyTuple extends AbstractList<Object> implements RandomAccess {
    public static final PyTuple EMPTY = new PyTuple(new Object[0]);

    private final Object[] items;

    private PyTuple(Object[] items) {
        this.items = items;
    }

    public static PyTuple of(Object... elements) {
        return new PyTuple(elements.clone());
    }

    public static PyTuple copyOf(Collection<?> elements) {
        return new PyTuple(elements.toArray());
    }

    @Override
    public Object get(int index) {
        return items[index];
    }

    @Override
    public int size() {
        return items.length;
    }

    /** Python's equality, so {@code (1,) == (1.0,)}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PyTuple tuple && Compare.sameElements(this, tuple);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Object item : items) {
            hash = 31 * hash + Hash.key(item).hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return Repr.repr(this);
    }
}
