package dev.millrace.jinja;

import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Types;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a missing name, attribute or item evaluates to. As Jinja's default Undefined it prints as nothing, is false and
 * iterates as empty; any other use raises an error with {@link #message()}, save that one that is {@link #tolerated}
 * may be called and asked for attributes and items. Immutable.
 */
public final class Undefined {
    private final String name;
    private final String message;
    private final @Nullable BiConsumer<Undefined, Position> used;

    private Undefined(String name, String message) {
        this(name, message, null);
    }

    private Undefined(String name, String message, @Nullable BiConsumer<Undefined, Position> used) {
        this.name = name;
        this.message = message;
        this.used = used;
    }

    /** A name no scope knows: "'x' is undefined". */
    public static Undefined name(String name) {
        return new Undefined(name, "'" + name + "' is undefined");
    }

    /** An attribute or item {@code owner} lacks, worded as Jinja does. */
    public static Undefined missing(Object owner, Object key) {
        String type = Types.jinjaName(owner);
        if (key instanceof String attribute) {
            return new Undefined(attribute, Repr.repr(type) + " has no attribute " + Repr.repr(attribute));
        }
        return new Undefined(Repr.repr(key), type + " has no element " + Repr.repr(key));
    }

    /** A value that is missing for the reason {@code message} tells. */
    public static Undefined because(String name, String message) {
        return new Undefined(name, message);
    }

    /**
     * The same, but calls of it, its attributes and its items are it again.
     *
     * @param listener is told of each such use and its place, which is {@link Position#NOWHERE} but for calls
     */
    public Undefined tolerated(BiConsumer<Undefined, Position> listener) {
        return new Undefined(name, message, listener);
    }

    /**
     * What a call of it, an attribute or an item gives; for the engine.
     *
     * @throws JinjaException an UndefinedError unless it is tolerated
     */
    public Undefined use(Position position) {
        if (used == null) {
            throw error();
        }
        used.accept(this, position);
        return this;
    }

    public String name() {
        return name;
    }

    /** What an error says when this value is used. */
    public String message() {
        return message;
    }

    /** The error that using this value raises. */
    public JinjaException error() {
        return JinjaException.undefined(message);
    }

    @Override
    public String toString() {
        return "";
    }
}
