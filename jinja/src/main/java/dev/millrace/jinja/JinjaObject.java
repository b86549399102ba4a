package dev.millrace.jinja;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A host's object as templates see it: only what these methods answer can be reached. May be a {@link Callable} too.
 * Thread-safety is the implementor's: an object given to several renders must allow it.
 */
public interface JinjaObject {
    /** The attribute, or {@link #missing} when there is none. */
    Object attribute(String name);

    /** What {@code object[key]} gives; by default the attribute of that name. */
    default Object item(Object key) {
        return key instanceof String name ? attribute(name) : Undefined.missing(this, key);
    }

    /** Python's {@code str()}: what {@code {{ object }}} writes. */
    default String display() {
        return "<" + typeName() + " object>";
    }

    /** Python's {@code repr()}: how the object shows inside a list. */
    default String representation() {
        return display();
    }

    default boolean truth() {
        return true;
    }

    /** The elements, when the object can be iterated. */
    default Optional<Iterable<Object>> elements() {
        return Optional.empty();
    }

    /** The number of elements, when {@code object|length} shall work. */
    default OptionalInt size() {
        return OptionalInt.empty();
    }

    /** The type's name in messages. */
    default String typeName() {
        return getClass().getSimpleName();
    }

    /** Makes the Undefined to return for an attribute that does not exist. */
    default Undefined missing(String name) {
        return Undefined.missing(this, name);
    }
}
