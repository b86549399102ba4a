package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaObject;
import java.util.Iterator;
import java.util.Optional;

/** A Python iterator or generator: its elements come once, when asked for. */
public final class Lazy implements JinjaObject, Iterator<Object> {
    private final String type;
    private final Iterator<Object> source;

    public Lazy(String type, Iterator<Object> source) {
        this.type = type;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public Object next() {
        return source.next();
    }

    @Override
    public Object attribute(String name) {
        return missing(name);
    }

    @Override
    public Optional<Iterable<Object>> elements() {
        return Optional.of(() -> this);
    }

    @Override
    public String typeName() {
        return type;
    }
}
