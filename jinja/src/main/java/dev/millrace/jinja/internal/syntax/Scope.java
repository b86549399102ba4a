package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.internal.tree.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names a block declares while it is parsed, and the slots they get in the function around it. */
final class Scope {
    /** Counts the slots of one function and knows which special names its body uses. */
    static final class Function {
        private int size;
        private boolean usesVarargs;
        private boolean usesKwargs;
        private boolean usesCaller;

        int newSlot() {
            return size++;
        }

        int size() {
            return size;
        }

        boolean usesVarargs() {
            return usesVarargs;
        }

        boolean usesKwargs() {
            return usesKwargs;
        }

        boolean usesCaller() {
            return usesCaller;
        }
    }

    private final Function function;
    private final @Nullable Scope parent;
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private boolean usesLoop;

    Scope(Function function, @Nullable Scope parent) {
        this.function = function;
        this.parent = parent;
    }

    /** A block inside the same function. */
    Scope block() {
        return new Scope(function, this);
    }

    /** A function inside this scope. */
    Scope function() {
        return new Scope(new Function(), this);
    }

    Function owner() {
        return function;
    }

    int declare(String name) {
        return slots.computeIfAbsent(name, ignored -> function.newSlot());
    }

    int[] slots() {
        return slots.values().stream().mapToInt(Integer::intValue).toArray();
    }

    boolean usesLoop() {
        return usesLoop;
    }

    /** Notes a use of {@code name} before anything is linked: loops and macros fill only what their body uses. */
    void use(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            switch (name) {
                case "varargs" -> scope.function.usesVarargs = true;
                case "kwargs" -> scope.function.usesKwargs = true;
                case "caller" -> scope.function.usesCaller = true;
                case "loop" -> {
                    if (scope.slots.containsKey("loop")) {
                        scope.usesLoop = true;
                        return;
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    /** Tells a name which slots to ask, innermost first. */
    void link(Name name) {
        List<Integer> hops = new ArrayList<>();
        List<Integer> found = new ArrayList<>();
        int hop = 0;
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Integer slot = scope.slots.get(name.name());
            if (slot != null) {
                hops.add(hop);
                found.add(slot);
            }
            if (scope.parent != null && scope.parent.function != scope.function) {
                hop++;
            }
        }
        name.link(
                hops.stream().mapToInt(Integer::intValue).toArray(),
                found.stream().mapToInt(Integer::intValue).toArray());
    }
}
