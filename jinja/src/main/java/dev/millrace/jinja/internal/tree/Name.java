package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.library.Builtins;
import dev.millrace.jinja.internal.value.Host;

/**
 * A variable. Asks the scopes that declare the name from the inside out, then the host, then the built-in functions. A
 * scope in which the name was not set yet lets the next one answer, as in Jinja.
 */
public final class Name extends Expr {
    private static final int[] NOWHERE = {};

    private final String name;
    private final Undefined undefined;
    private int[] hops = NOWHERE;
    private int[] slots = NOWHERE;

    public Name(String name) {
        this.name = name;
        this.undefined = Undefined.name(name);
    }

    public String name() {
        return name;
    }

    /** Called once, when the whole template has been parsed. */
    public void link(int[] linkedHops, int[] linkedSlots) {
        this.hops = linkedHops;
        this.slots = linkedSlots;
    }

    @Override
    Object eval(Frame frame) {
        for (int i = 0; i < slots.length; i++) {
            Frame owner = frame.up(hops[i]);
            Object value = owner == null ? null : owner.slots[slots[i]];
            if (value != null) {
                return value;
            }
        }
        Object value = frame.globals.lookup(name);
        if (value == null) {
            value = Builtins.lookup(name);
        }
        return value == null ? frame.globals.unknown(undefined) : Host.accept(value);
    }
}
