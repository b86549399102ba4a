package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.CallSite;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.library.Library;
import dev.millrace.jinja.internal.tree.Invoke;
import dev.millrace.jinja.internal.tree.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the parsers of expressions and statements share while one template is parsed. */
final class Context {
    private record Use(Scope scope, Name name) {}

    private final Library library;
    private final List<Use> uses = new ArrayList<>();
    private final List<JinjaException> unknown = new ArrayList<>();
    private final List<CallSite> calls = new ArrayList<>();
    private Scope scope = new Scope(new Scope.Function(), null);
    private boolean dynamic;
    private int conditional;

    Context(Library library) {
        this.library = library;
    }

    Library library() {
        return library;
    }

    Scope scope() {
        return scope;
    }

    /** Makes {@code inner} the scope names are declared and used in; returns the one before. */
    Scope enter(Scope inner) {
        Scope outer = scope;
        scope = inner;
        return outer;
    }

    Name use(String name) {
        Name use = new Name(name);
        scope.use(name);
        uses.add(new Use(scope, use));
        return use;
    }

    /** Resolves all names; called when every declaration is known. */
    void link() {
        uses.forEach(use -> use.scope.link(use.name));
    }

    void call(Invoke call, String name, Position position) {
        List<Object> positional = call.arguments().literalPositional();
        Map<String, Object> keywords = call.arguments().literalKeywords();
        boolean literal = positional != null && keywords != null;
        calls.add(new CallSite(
                name,
                literal && positional != null ? List.copyOf(positional) : List.of(),
                literal && keywords != null ? new LinkedHashMap<>(keywords) : Map.of(),
                literal,
                position));
    }

    List<CallSite> calls() {
        return calls;
    }

    void markDynamic() {
        dynamic = true;
    }

    boolean isDynamic() {
        return dynamic;
    }

    /** Inside a branch an unknown filter or test is an error only when it runs. */
    void enterBranch() {
        conditional++;
    }

    void leaveBranch() {
        conditional--;
    }

    /** Notes a filter or test that does not exist; an error unless it turns out to stand in an inline {@code if}. */
    void unknown(JinjaException error) {
        unknown.add(error);
    }

    int unknownCount() {
        return unknown.size();
    }

    void forgetUnknown(int from) {
        unknown.subList(from, unknown.size()).clear();
    }

    void throwUnknown() {
        if (!unknown.isEmpty()) {
            throw unknown.get(0);
        }
    }

    boolean inBranch() {
        return conditional > 0;
    }
}
