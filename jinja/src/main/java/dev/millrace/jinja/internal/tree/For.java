package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Position;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.internal.value.Iteration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** {@code {% for %}}. A recursive loop runs each level in a frame of its own, others in the frame around them. */
public final class For extends Stmt {
    private final Target target;
    private final Expr iterable;
    private final @Nullable Expr test;
    private final int[] scope;
    private final int[] elseScope;
    private final int loopSlot;
    private final int recursiveFrameSize;
    private final Stmt body;
    private final Stmt otherwise;
    private final Position position;

    /**
     * @param loopSlot the slot of {@code loop}, or -1 when the body does not use it
     * @param recursiveFrameSize the size of a level's frame, or -1 when the loop is not recursive
     */
    public For(
            Target target,
            Expr iterable,
            @Nullable Expr test,
            int[] scope,
            int[] elseScope,
            int loopSlot,
            int recursiveFrameSize,
            Stmt body,
            Stmt otherwise,
            Position position) {
        this.target = target;
        this.iterable = iterable;
        this.test = test;
        this.scope = scope;
        this.elseScope = elseScope;
        this.loopSlot = loopSlot;
        this.recursiveFrameSize = recursiveFrameSize;
        this.body = body;
        this.otherwise = otherwise;
        this.position = position;
    }

    @Override
    Flow exec(Frame frame, Output out) {
        return level(iterable(frame), frame, out, 0);
    }

    private Object iterable(Frame frame) {
        try {
            return iterable.eval(frame);
        } catch (RuntimeException e) {
            throw Failure.at(e, position);
        }
    }

    /** Runs one level of a recursive loop and gives its text. */
    String recurse(Object elements, Frame outer, int depth) {
        outer.run.enter();
        try {
            Output out = new Output(outer.run, false);
            level(elements, outer, out, depth);
            return out.text();
        } finally {
            outer.run.leave();
        }
    }

    private Flow level(Object elements, Frame outer, Output out, int depth) {
        Frame frame = recursiveFrameSize < 0 ? outer : new Frame(recursiveFrameSize, outer, outer.run, outer.globals);
        boolean any;
        try {
            Object chosen = test == null ? elements : chosen(test, elements, frame);
            any = loopSlot < 0
                    ? plain(Iteration.of(chosen), frame, out)
                    : observed(new LoopContext(this, chosen, outer, depth), frame, out);
        } catch (RuntimeException e) {
            throw Failure.at(e, position);
        }
        if (any) {
            return Flow.NORMAL;
        }
        frame.clear(elseScope);
        return otherwise.exec(frame, out);
    }

    private PyList chosen(Expr condition, Object elements, Frame frame) {
        PyList chosen = new PyList();
        Iterator<Object> iterator = Iteration.of(elements);
        while (iterator.hasNext()) {
            frame.run.step();
            Object element = iterator.next();
            frame.clear(scope);
            target.assign(frame, element);
            if (condition.truth(frame)) {
                chosen.add(element);
            }
        }
        return chosen;
    }

    /** Tells whether a turn ran to its end: as in Jinja, {@code else} also runs when none did. */
    private boolean plain(Iterator<Object> elements, Frame frame, Output out) {
        boolean any = false;
        while (elements.hasNext()) {
            Flow flow = turn(elements.next(), null, frame, out);
            if (flow == Flow.BREAK) {
                break;
            }
            any |= flow == Flow.NORMAL;
        }
        return any;
    }

    private boolean observed(LoopContext loop, Frame frame, Output out) {
        boolean any = false;
        while (loop.advance()) {
            Flow flow = turn(loop.current(), loop, frame, out);
            if (flow == Flow.BREAK) {
                break;
            }
            any |= flow == Flow.NORMAL;
        }
        return any;
    }

    private Flow turn(Object element, @Nullable LoopContext loop, Frame frame, Output out) {
        frame.run.step();
        frame.clear(scope);
        if (loop != null) {
            frame.slots[loopSlot] = loop;
        }
        target.assign(frame, element);
        return body.exec(frame, out);
    }

    boolean isRecursive() {
        return recursiveFrameSize >= 0;
    }
}
