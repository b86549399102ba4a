package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.library.Functional;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Lazy;
import java.util.Iterator;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The {@code loop} variable. Looks one element ahead only when asked to, as Jinja's does. */
final class LoopContext implements JinjaObject, Callable {
    private final For loop;
    private final Frame outer;
    private final int depth;
    private Object source;
    private Iterator<Object> elements;
    private int length = -1;
    private int index0 = -1;
    private @Nullable Object previous;
    private @Nullable Object current;
    private @Nullable Object next;
    private @Nullable PyTuple lastSeen;

    LoopContext(For loop, Object source, Frame outer, int depth) {
        this.loop = loop;
        this.source = source;
        this.outer = outer;
        this.depth = depth;
        this.elements = Iteration.of(source);
    }

    boolean advance() {
        Object following = peek();
        if (following == null) {
            return false;
        }
        previous = current;
        current = following;
        next = null;
        index0++;
        return true;
    }

    private @Nullable Object peek() {
        if (next == null && elements.hasNext()) {
            next = elements.next();
        }
        return next;
    }

    Object current() {
        return current == null ? Undefined.name("loop") : current;
    }

    private long length() {
        if (length < 0) {
            OptionalInt known = Iteration.size(source);
            if (known.isPresent()) {
                length = known.getAsInt();
            } else {
                PyList rest = Iteration.list(new Lazy("iterator", elements));
                length = index0 + 1 + (next == null ? 0 : 1) + rest.size();
                source = rest;
                elements = rest.iterator();
            }
        }
        return length;
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "index" -> index0 + 1L;
            case "index0" -> (long) index0;
            case "first" -> index0 == 0;
            case "last" -> peek() == null;
            case "length" -> length();
            case "revindex" -> length() - index0;
            case "revindex0" -> length() - index0 - 1;
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> previous == null ? Undefined.because("previtem", "there is no previous item") : previous;
            case "nextitem" -> {
                Object following = peek();
                yield following == null ? Undefined.because("nextitem", "there is no next item") : following;
            }
            case "cycle" -> Functional.of("cycle", this::cycle);
            case "changed" -> Functional.of("changed", this::changed);
            default -> missing(name);
        };
    }

    private Object cycle(Call call) {
        if (call.size() == 0) {
            throw JinjaException.type("no items for cycling given");
        }
        return call.arg(index0 % call.size());
    }

    private Object changed(Call call) {
        PyTuple seen = PyTuple.copyOf(call.positional());
        boolean changed = lastSeen == null || !seen.equals(lastSeen);
        lastSeen = seen;
        return changed;
    }

    /** {@code loop(children)} of a recursive loop. */
    @Override
    public Object call(Call call) {
        if (!loop.isRecursive()) {
            throw JinjaException.type("The loop must have the 'recursive' marker to be called recursively.");
        } else if (call.size() != 1) {
            throw JinjaException.type("loop() takes 1 positional argument but " + call.size() + " were given");
        }
        return loop.recurse(call.arg(0), outer, depth + 1);
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of((int) length());
    }

    @Override
    public String typeName() {
        return "LoopContext";
    }

    @Override
    public String display() {
        return "<LoopContext " + (index0 + 1) + "/" + length() + ">";
    }
}
