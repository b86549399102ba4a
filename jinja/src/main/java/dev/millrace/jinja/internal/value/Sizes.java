package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;

/** The largest values a single operation may make, so that no template can exhaust memory in one step. */
public final class Sizes {
    /** Characters of a text, elements of a list. */
    public static final int MAX = 64_000_000;

    /** Bits of an int. */
    static final int MAX_BITS = 4_000_000;

    private Sizes() {}

    public static void check(double size, String what) {
        if (size > MAX) {
            throw JinjaException.limit(what + " would be too large");
        }
    }
}
