package dev.millrace.jinja;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names a host gives to a template. Asked lazily, once per use of a name, so an implementation must be cheap; it is
 * called from the thread that renders.
 */
@FunctionalInterface
public interface Globals {
    /** Knows no names. */
    Globals EMPTY = name -> null;

    /**
     * The value of {@code name}, or null when it is not defined. Values are those {@link Values} lists; plain Java data
     * is converted by {@link Values#fromJava} at each use.
     */
    @Nullable
    Object lookup(String name);

    /**
     * What a name means that neither the host nor the built-in functions know. A host that lets templates use such
     * names gives {@link Undefined#tolerated}.
     */
    default Undefined unknown(Undefined undefined) {
        return undefined;
    }

    /** Names from a map, which is read live. */
    static Globals of(Map<String, ?> names) {
        return names::get;
    }

    /** Asks {@code first}, then {@code second}. */
    static Globals chain(Globals first, Globals second) {
        return name -> {
            Object value = first.lookup(name);
            return value != null ? value : second.lookup(name);
        };
    }
}
