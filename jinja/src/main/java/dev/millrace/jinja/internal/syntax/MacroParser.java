package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.Definition;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.internal.tree.Block;
import dev.millrace.jinja.internal.tree.Expr;
import dev.millrace.jinja.internal.tree.Invoke;
import dev.millrace.jinja.internal.tree.MacroCode;
import dev.millrace.jinja.internal.tree.Macros;
import dev.millrace.jinja.internal.tree.Stmt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Macros, call blocks, and dbt's definitions: tests, materializations, snapshots, docs. */
final class MacroParser {
    private record Signature(List<String> names, List<@Nullable Expr> defaults) {}

    private final TokenStream tokens;
    private final Context context;
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private final StatementParser statements;
    private final List<ParsedBlock> blocks = new ArrayList<>();

    MacroParser(
            TokenStream tokens,
            Context context,
            ExpressionParser expressions,
            TargetParser targets,
            StatementParser statements) {
        this.tokens = tokens;
        this.context = context;
        this.expressions = expressions;
        this.targets = targets;
        this.statements = statements;
    }

    List<ParsedBlock> blocks() {
        return blocks;
    }

    /** The definition a top-level tag opens, or null when it opens none. */
    @Nullable
    Stmt definition(Token begin, Token tag) {
        return switch (tag.text()) {
            case "macro" -> topLevelMacro(begin);
            case "test", "data_test" -> block(begin, Definition.Kind.TEST, tag.text());
            case "snapshot" -> block(begin, Definition.Kind.SNAPSHOT, "snapshot");
            case "docs" -> block(begin, Definition.Kind.DOCS, "docs");
            case "materialization" -> materialization(begin);
            default -> null;
        };
    }

    private Stmt topLevelMacro(Token begin) {
        Scope around = context.scope();
        tokens.next();
        String name = targets.name();
        MacroCode code = code(name, true, begin, "endmacro", Definition.Kind.MACRO, null, List.of());
        return new Macros.Define(code, around.declare(name));
    }

    /** A macro inside another block: known only there. */
    Stmt nested() {
        Scope around = context.scope();
        Token begin = tokens.next();
        String name = targets.name();
        Scope inner = around.function();
        context.enter(inner);
        Signature signature = signature();
        Stmt body = statements.outsideLoops(() -> statements.until("endmacro"));
        tokens.next();
        context.enter(around);
        return new Macros.Define(finish(name, signature, inner, body, tokens.position(begin)), around.declare(name));
    }

    private Stmt block(Token begin, Definition.Kind kind, String tag) {
        tokens.next();
        String name = targets.name();
        code(name, kind == Definition.Kind.TEST, begin, "end" + tag, kind, null, List.of());
        return new Block(List.of());
    }

    private Stmt materialization(Token begin) {
        tokens.next();
        String name = targets.name();
        String adapter = "default";
        List<String> languages = List.of("sql");
        while (tokens.skipOperator(",")) {
            Token option = tokens.expect(Token.Kind.NAME);
            switch (option.text()) {
                case "default" -> {}
                case "adapter" -> adapter = optionValue() instanceof String text ? text : invalid(option, "a string");
                case "supported_languages" -> languages = languages(option);
                default ->
                    throw tokens.error(
                            "materialization '" + name + "' has an unknown argument '" + option.text()
                                    + "', expected 'default', 'adapter' or 'supported_languages'",
                            option);
            }
        }
        code(name, false, begin, "endmaterialization", Definition.Kind.MATERIALIZATION, adapter, languages);
        return new Block(List.of());
    }

    private @Nullable Object optionValue() {
        tokens.expectOperator("=");
        return expressions.expression().literal();
    }

    private List<String> languages(Token option) {
        if (optionValue() instanceof PyList list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw wrong(option, "a list of strings");
    }

    private String invalid(Token option, String wanted) {
        throw wrong(option, wanted);
    }

    private JinjaException wrong(Token option, String wanted) {
        return tokens.error("the argument '" + option.text() + "' must be " + wanted, option);
    }

    private MacroCode code(
            String name,
            boolean takesSignature,
            Token begin,
            String end,
            Definition.Kind kind,
            @Nullable String adapter,
            List<String> languages) {
        Scope around = context.scope();
        Scope inner = around.function();
        context.enter(inner);
        Signature signature = takesSignature ? signature() : new Signature(List.of(), List.of());
        tokens.skipOperator(":");
        int bodyStart = tokens.current().end();
        Stmt body = statements.outsideLoops(() -> statements.until(end));
        int bodyEnd = tokens.previous().start();
        tokens.next();
        int stop = tokens.current().end();
        context.enter(around);
        Position position = tokens.position(begin);
        MacroCode code = finish(name, signature, inner, body, position);
        blocks.add(new ParsedBlock(
                kind, name, code, adapter, languages, begin.start(), bodyStart, bodyEnd, stop, position));
        return code;
    }

    Stmt callBlock(Position position) {
        tokens.next();
        Scope around = context.scope();
        Scope inner = around.function();
        context.enter(inner);
        Signature signature = tokens.isOperator("(") ? signature() : new Signature(List.of(), List.of());
        context.enter(around);
        Token start = tokens.current();
        if (!(expressions.expression() instanceof Invoke call)) {
            throw tokens.error("expected call", start);
        }
        context.enter(inner);
        Stmt body = statements.outsideLoops(() -> statements.until("endcall"));
        tokens.next();
        context.enter(around);
        return new Macros.CallBlock(call, finish(null, signature, inner, body, position), position);
    }

    private Signature signature() {
        List<String> names = new ArrayList<>();
        List<@Nullable Expr> defaults = new ArrayList<>();
        boolean optional = false;
        tokens.expectOperator("(");
        while (!tokens.isOperator(")")) {
            if (!names.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (tokens.isOperator(")")) {
                break;
            }
            Token token = tokens.current();
            String name = targets.name();
            if (names.contains(name)) {
                throw tokens.error("duplicate argument '" + name + "' in definition", token);
            }
            context.scope().declare(name);
            Expr value = null;
            if (tokens.skipOperator("=")) {
                value = expressions.expression();
                optional = true;
            } else if (optional) {
                throw tokens.error("non-default argument follows default argument", token);
            }
            names.add(name);
            defaults.add(value);
        }
        tokens.expectOperator(")");
        return new Signature(List.copyOf(names), defaults);
    }

    private static MacroCode finish(
            @Nullable String name, Signature signature, Scope scope, Stmt body, Position position) {
        Scope.Function function = scope.owner();
        List<String> names = signature.names;
        return new MacroCode(
                name,
                names,
                signature.defaults,
                function.usesVarargs() && !names.contains("varargs") ? scope.declare("varargs") : -1,
                function.usesKwargs() && !names.contains("kwargs") ? scope.declare("kwargs") : -1,
                function.usesCaller() && !names.contains("caller") ? scope.declare("caller") : -1,
                function.size(),
                body,
                position);
    }
}
