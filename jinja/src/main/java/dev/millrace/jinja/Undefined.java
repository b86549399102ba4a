package dev.millrace.jinja;

import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Types;

/**
 * What a missing name, attribute or item evaluates to. As Jinja's default Undefined it prints as nothing, is false and
 * iterates as empty; any other use raises an error with {@link #message()}. Immutable.
 */
public final class Undefined {
    private final String name;
    private final String message;

    private Undefined(String name, String message) {
        this.name = name;
        this.message = message;
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
