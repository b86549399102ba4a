package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Globals;
import org.jspecify.annotations.Nullable;

/** The variables of one running function: a template, a macro, the body of a call block. A null slot is unset. */
final class Frame {
    final @Nullable Object[] slots;
    final @Nullable Frame parent;
    final Run run;
    final Globals globals;

    Frame(int size, @Nullable Frame parent, Run run, Globals globals) {
        this.slots = new @Nullable Object[size];
        this.parent = parent;
        this.run = run;
        this.globals = globals;
    }

    @Nullable
    Frame up(int hops) {
        Frame frame = this;
        for (int i = 0; i < hops && frame != null; i++) {
            frame = frame.parent;
        }
        return frame;
    }

    void clear(int[] slotsToClear) {
        for (int slot : slotsToClear) {
            slots[slot] = null;
        }
    }
}
