package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.tree.Assign;
import dev.millrace.jinja.internal.tree.Block;
import dev.millrace.jinja.internal.tree.Expr;
import dev.millrace.jinja.internal.tree.Filtered;
import dev.millrace.jinja.internal.tree.For;
import dev.millrace.jinja.internal.tree.Invoke;
import dev.millrace.jinja.internal.tree.Simple;
import dev.millrace.jinja.internal.tree.Stmt;
import dev.millrace.jinja.internal.tree.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The statements of a template. */
final class StatementParser {
    private static final Set<String> NOT_IN_DBT =
            Set.of("include", "import", "from", "extends", "block", "autoescape", "trans", "debug");

    private final TokenStream tokens;
    private final Context context;
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private final MacroParser macros;
    private final Deque<String> openTags = new ArrayDeque<>();
    private final Deque<List<String>> endTags = new ArrayDeque<>();
    private final List<Stmt> setup = new ArrayList<>();
    private boolean setsVariables;
    private int loops;

    StatementParser(TokenStream tokens, Context context) {
        this.tokens = tokens;
        this.context = context;
        this.expressions = new ExpressionParser(tokens, context);
        this.targets = new TargetParser(tokens, context);
        this.macros = new MacroParser(tokens, context, expressions, targets, this);
    }

    Stmt template() {
        return body();
    }

    List<ParsedBlock> blocks() {
        return macros.blocks();
    }

    /** The statements that set the variables macros of this template may use. */
    List<Stmt> setup() {
        return setsVariables ? setup : List.of();
    }

    /** Statements up to one of {@code ends}, whose name becomes the current token; the tag around must be closing. */
    Stmt until(String... ends) {
        tokens.skipOperator(":");
        tokens.expect(Token.Kind.BLOCK_END);
        endTags.push(List.of(ends));
        tokens.enter();
        Stmt body = body();
        if (tokens.is(Token.Kind.EOF)) {
            throw unexpected(null);
        }
        tokens.leave();
        endTags.pop();
        return body;
    }

    private Stmt body() {
        List<Stmt> statements = new ArrayList<>();
        while (!tokens.is(Token.Kind.EOF)) {
            Token token = tokens.next();
            switch (token.kind()) {
                case DATA -> statements.add(new Simple.Text(token.text()));
                case VARIABLE_BEGIN -> {
                    statements.add(print(token));
                    tokens.expect(Token.Kind.VARIABLE_END);
                }
                default -> {
                    if (!endTags.isEmpty() && endTags.peek().stream().anyMatch(tokens::isName)) {
                        return new Block(statements);
                    }
                    statement(token, statements);
                    tokens.expect(Token.Kind.BLOCK_END);
                }
            }
        }
        return new Block(statements);
    }

    private Stmt print(Token begin) {
        Expr value = expressions.tuple();
        boolean plainCall = value instanceof Invoke call
                && call.plainName() != null
                && call.arguments().literalPositional() != null
                && call.arguments().literalKeywords() != null;
        if (!plainCall && value.literal() == null) {
            context.markDynamic();
        }
        return new Simple.Print(value, tokens.position(begin));
    }

    private void statement(Token begin, List<Stmt> into) {
        Token tag = tokens.current();
        if (tag.kind() != Token.Kind.NAME) {
            throw tokens.error("tag name expected, got '" + tag.describe() + "'", tag);
        }
        context.markDynamic();
        boolean top = openTags.isEmpty();
        openTags.push(tag.text());
        Stmt statement = top ? macros.definition(begin, tag) : null;
        if (statement == null) {
            statement = statement(tag);
        }
        openTags.pop();
        into.add(statement);
        if (top) {
            noteSetup(tag.text(), statement);
        }
    }

    private void noteSetup(String tag, Stmt statement) {
        if (tag.equals("set") || tag.equals("do")) {
            setup.add(statement);
            setsVariables |= tag.equals("set");
        }
    }

    private Stmt statement(Token tag) {
        Position position = tokens.position(tag);
        return switch (tag.text()) {
            case "if" -> branch(position);
            case "for" -> loop(position);
            case "set" -> set(position);
            case "with" -> with(position);
            case "macro" -> macros.nested();
            case "call" -> macros.callBlock(position);
            case "filter" -> filterBlock(position);
            case "do" -> {
                tokens.next();
                yield new Simple.Do(expressions.tuple(), position);
            }
            case "print" -> printStatement(position);
            case "break" -> jump(tag, Simple.BREAK);
            case "continue" -> jump(tag, Simple.CONTINUE);
            default -> throw unknown(tag);
        };
    }

    private JinjaException unknown(Token tag) {
        openTags.pop();
        if (NOT_IN_DBT.contains(tag.text())) {
            return tokens.error("The tag '" + tag.text() + "' is not available in dbt templates.", tag);
        }
        return unexpected(tag);
    }

    private JinjaException unexpected(@Nullable Token tag) {
        List<String> message = new ArrayList<>();
        message.add(tag == null ? "Unexpected end of template." : "Encountered unknown tag '" + tag.text() + "'.");
        List<String> wanted = endTags.peek();
        if (wanted != null) {
            String looking = String.join(
                    " or ", wanted.stream().map(name -> "'" + name + "'").toList());
            boolean misplaced = tag != null && endTags.stream().anyMatch(ends -> ends.contains(tag.text()));
            message.add(
                    misplaced
                            ? "You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for "
                                    + looking + "."
                            : "Jinja was looking for the following tags: " + looking + ".");
        }
        String innermost = openTags.peek();
        if (innermost != null) {
            message.add("The innermost block that needs to be closed is '" + innermost + "'.");
        }
        return tokens.error(String.join(" ", message), tag == null ? tokens.current() : tag);
    }

    private Stmt jump(Token tag, Stmt jump) {
        tokens.next();
        if (loops == 0) {
            throw tokens.error("'" + tag.text() + "' outside of a loop", tag);
        }
        return jump;
    }

    /** Runs {@code parse} as the body of a function, where the loops around it cannot be left. */
    <T> T outsideLoops(Supplier<T> parse) {
        int outer = loops;
        loops = 0;
        T result = parse.get();
        loops = outer;
        return result;
    }

    private Stmt branch(Position position) {
        List<Expr> tests = new ArrayList<>();
        List<Stmt> bodies = new ArrayList<>();
        Stmt otherwise = new Block(List.of());
        tokens.next();
        context.enterBranch();
        while (true) {
            tests.add(expressions.unconditionalTuple());
            bodies.add(until("elif", "else", "endif"));
            Token end = tokens.next();
            if (end.isName("else")) {
                otherwise = until("endif");
                tokens.next();
            }
            if (!end.isName("elif")) {
                break;
            }
        }
        context.leaveBranch();
        return new Simple.If(tests, bodies, otherwise, position);
    }

    private Stmt loop(Position position) {
        tokens.next();
        TargetParser.Pending target = targets.target(false);
        tokens.expectName("in");
        Expr iterable = expressions.unconditionalTuple();
        Scope around = context.scope();
        boolean recursive = tokens.isNameBeforeBlockEnd("recursive");
        Scope inner = recursive ? around.function() : around.block();
        context.enter(inner);
        Target declared = target.in(inner);
        Expr test = tokens.skipName("if") ? expressions.expression() : null;
        tokens.skipName("recursive");
        int loopSlot = inner.declare("loop");
        loops++;
        Stmt body = until("endfor", "else");
        loops--;
        Scope elseScope = recursive ? inner.block() : around.block();
        context.enter(elseScope);
        Stmt otherwise = new Block(List.of());
        if (tokens.next().isName("else")) {
            otherwise = until("endfor");
            tokens.next();
        }
        context.enter(around);
        return new For(
                declared,
                iterable,
                test,
                inner.slots(),
                elseScope.slots(),
                inner.usesLoop() ? loopSlot : -1,
                recursive ? inner.owner().size() : -1,
                body,
                otherwise,
                position);
    }

    private Stmt set(Position position) {
        tokens.next();
        TargetParser.Pending target = targets.target(true);
        if (tokens.skipOperator("=")) {
            Expr value = expressions.tuple();
            return new Assign.Set(target.in(context.scope()), value, position);
        }
        int inputSlot = context.scope().owner().newSlot();
        Expr filter = tokens.isOperator("|") ? expressions.filters(new Filtered.Input(inputSlot), true) : null;
        return captured(target, filter, inputSlot, "endset", position);
    }

    private Stmt filterBlock(Position position) {
        tokens.next();
        int inputSlot = context.scope().owner().newSlot();
        Expr filter = expressions.filters(new Filtered.Input(inputSlot), false);
        return captured(null, filter, inputSlot, "endfilter", position);
    }

    private Stmt captured(
            TargetParser.@Nullable Pending target,
            @Nullable Expr filter,
            int inputSlot,
            String end,
            Position position) {
        Scope around = context.scope();
        Scope inner = around.block();
        context.enter(inner);
        Stmt body = until(end);
        tokens.next();
        context.enter(around);
        return new Assign.Captured(
                target == null ? null : target.in(around), filter, inputSlot, inner.slots(), body, position);
    }

    private Stmt with(Position position) {
        tokens.next();
        List<TargetParser.Pending> pending = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        while (!tokens.is(Token.Kind.BLOCK_END)) {
            if (!pending.isEmpty()) {
                tokens.expectOperator(",");
            }
            pending.add(targets.target(false));
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        Scope around = context.scope();
        Scope inner = around.block();
        var declared = pending.stream().map(target -> target.in(inner)).toList();
        context.enter(inner);
        Stmt body = until("endwith");
        tokens.next();
        context.enter(around);
        return new Assign.With(declared, values, inner.slots(), body, position);
    }

    private Stmt printStatement(Position position) {
        tokens.next();
        List<Stmt> prints = new ArrayList<>();
        while (!tokens.is(Token.Kind.BLOCK_END)) {
            if (!prints.isEmpty()) {
                tokens.expectOperator(",");
            }
            prints.add(new Simple.Print(expressions.expression(), position));
        }
        return new Block(prints);
    }
}
