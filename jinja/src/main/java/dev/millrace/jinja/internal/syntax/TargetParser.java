package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.internal.tree.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What stands left of an assignment. Names are declared only when the scope they belong to is known. */
final class TargetParser {
    private static final Set<String> CONSTANTS = Set.of("true", "false", "none", "True", "False", "None");

    /** A parsed target that still needs the scope its names live in. */
    @FunctionalInterface
    interface Pending {
        Target in(Scope scope);
    }

    private final TokenStream tokens;
    private final Context context;

    TargetParser(TokenStream tokens, Context context) {
        this.tokens = tokens;
        this.context = context;
    }

    /** A name, an attribute of a namespace where allowed, or a tuple of targets. */
    Pending target(boolean allowsNamespace) {
        List<Pending> parts = new ArrayList<>();
        boolean isTuple = false;
        while (true) {
            if (!parts.isEmpty() && (tokens.isName("in") || tokens.isOperator("=") || tokens.isOperator(")"))) {
                break;
            }
            parts.add(single(allowsNamespace));
            if (!tokens.skipOperator(",")) {
                break;
            }
            isTuple = true;
        }
        return isTuple ? unpack(parts) : parts.get(0);
    }

    private static Pending unpack(List<Pending> parts) {
        return scope ->
                new Target.Unpack(parts.stream().map(part -> part.in(scope)).toList());
    }

    private Pending single(boolean allowsNamespace) {
        tokens.enter();
        try {
            if (tokens.skipOperator("(")) {
                Pending inner = target(allowsNamespace);
                tokens.expectOperator(")");
                return inner;
            }
            Token token = tokens.current();
            if (token.kind() != Token.Kind.NAME) {
                throw tokens.error("can't assign to '" + token.describe() + "', expected a name", token);
            }
            String name = name();
            if (allowsNamespace && tokens.skipOperator(".")) {
                String attribute = tokens.expect(Token.Kind.NAME).text();
                return scope -> new Target.Member(context.use(name), attribute);
            }
            return scope -> new Target.Variable(scope.declare(name));
        } finally {
            tokens.leave();
        }
    }

    String name() {
        Token token = tokens.expect(Token.Kind.NAME);
        if (CONSTANTS.contains(token.text())) {
            throw tokens.error("can't assign to 'const'", token);
        }
        return token.text();
    }
}
