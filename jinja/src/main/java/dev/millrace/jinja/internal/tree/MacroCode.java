package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled macro, or the body of a call block.
 *
 * @param name null for the body of a call block
 * @param parameters names, in order; the first has slot 0 and so on
 * @param defaults the default of each parameter or null; evaluated at each call, in the macro's own frame
 * @param restSlot where varargs go, -1 when the body does not use them
 * @param keywordsSlot where kwargs go, -1 when the body does not use them
 * @param callerSlot where caller goes, -1 when the body does not use it
 * @param frameSize number of slots
 */
public record MacroCode(
        @Nullable String name,
        List<String> parameters,
        List<@Nullable Expr> defaults,
        int restSlot,
        int keywordsSlot,
        int callerSlot,
        int frameSize,
        Stmt body,
        Position position) {
    String label() {
        return name == null ? "caller" : name;
    }
}
