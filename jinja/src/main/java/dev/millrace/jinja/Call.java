package dev.millrace.jinja;

import dev.millrace.jinja.internal.tree.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call and where it comes from. Immutable as long as nobody changes the lists it was made of;
 * valid on the calling thread.
 */
public final class Call {
    private final List<Object> positional;
    private final Map<String, Object> keywords;
    private final @Nullable Callable caller;
    private final Position position;
    private final Globals globals;
    private final Run run;

    /** For the engine; hosts use {@link #of} or {@link #with}. */
    public Call(
            List<Object> positional,
            Map<String, Object> keywords,
            @Nullable Callable caller,
            Position position,
            Globals globals,
            Run run) {
        this.positional = positional;
        this.keywords = keywords;
        this.caller = caller;
        this.position = position;
        this.globals = globals;
        this.run = run;
    }

    /** A call from the host with positional arguments and a fresh budget. */
    public static Call of(Object... positional) {
        return of(List.of(positional), Map.of());
    }

    /** A call from the host with a fresh budget. The map's order is the order of the keywords. */
    public static Call of(List<Object> positional, Map<String, Object> keywords) {
        return new Call(positional, keywords, null, Position.NOWHERE, Globals.EMPTY, Run.fresh());
    }

    /** The same place and budget with other arguments and no caller; what a host function uses to call further. */
    public Call with(List<Object> newPositional, Map<String, Object> newKeywords) {
        return new Call(newPositional, newKeywords, null, position, globals, run);
    }

    public List<Object> positional() {
        return positional;
    }

    public Map<String, Object> keywords() {
        return keywords;
    }

    /** The body of the {@code {% call %}} block this call heads. */
    public Optional<Callable> caller() {
        return Optional.ofNullable(caller);
    }

    public Position position() {
        return position;
    }

    /** The names visible where the call stands. */
    public Globals globals() {
        return globals;
    }

    /** The budget of the running render; internal to the engine. */
    public Run run() {
        return run;
    }

    /** The positional argument at {@code index}. */
    public Object arg(int index) {
        return positional.get(index);
    }

    public int size() {
        return positional.size();
    }
}
