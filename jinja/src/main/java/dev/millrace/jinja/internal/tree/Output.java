package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.internal.value.Repr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a body writes. Counts characters against the budget; can keep the single value a template consists of. */
final class Output {
    private final Run run;
    private final StringBuilder text = new StringBuilder();
    private final @Nullable List<Object> values;

    Output(Run run, boolean keepsValues) {
        this.run = run;
        this.values = keepsValues ? new ArrayList<>() : null;
    }

    void text(String piece) {
        run.wrote(piece.length());
        text.append(piece);
        if (values != null) {
            values.add(piece);
        }
    }

    void value(Object value) {
        String piece = Repr.str(value);
        run.wrote(piece.length());
        text.append(piece);
        if (values != null) {
            values.add(value);
        }
    }

    String text() {
        return text.toString();
    }

    /** The only value written, or the text of all of them. */
    Object result() {
        return values != null && values.size() == 1 ? values.get(0) : text();
    }
}
