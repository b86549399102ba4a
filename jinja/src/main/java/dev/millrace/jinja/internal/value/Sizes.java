package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;

/** The largest values a single operation may make, so that no template can exhaust memory in one step. */
public final class Sizes {
    private static final int MAX_CHARS = 64_000_000;
    private static final int MAX_ELEMENTS = 4_000_000;

    /** Bits of an int. */
    static final int MAX_BITS = 4_000_000;

    private Sizes() {}

    public static void checkText(double chars) {
        if (chars > MAX_CHARS) {
            throw JinjaException.limit("text would be too large");
        }
    }

    public static void checkElements(double count) {
        if (count > MAX_ELEMENTS) {
            throw JinjaException.limit("list would be too large");
        }
    }
}
