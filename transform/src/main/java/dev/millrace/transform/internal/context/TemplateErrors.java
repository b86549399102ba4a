package dev.millrace.transform.internal.context;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.TemplateFrame;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.MacroFrame;
import dev.millrace.transform.internal.macro.BuiltinMacros;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Errors of templates as Millrace's: at their place, with the macros that were running, and a guess at what was meant.
 */
public final class TemplateErrors {
    private static final Pattern UNDEFINED = Pattern.compile("'(\\w+)' is undefined");
    private static final Pattern NO_MACRO = Pattern.compile("package '\\w+' has no macro '(\\w+)'");

    private TemplateErrors() {}

    /**
     * @param start where the template begins, for errors without a place
     * @param packageName whose macros the template may call by name
     */
    public static MillraceException of(JinjaException e, Position start, ProjectContext project, String packageName) {
        SecretTexts secrets = SecretTexts.of(project.project().invocation().environment());
        Optional<Position> place = place(e);
        List<TemplateFrame> stack = stack(e.macroStack(), secrets);
        if (e.getCause() instanceof MillraceException host) {
            // What the engine says of a statement belongs to the node, unless a template of the project asked for it.
            boolean fromSql = host.code().category() != ErrorCode.Category.USER;
            Position where = host.position().or(() -> place).orElse(fromSql ? null : start);
            return new MillraceException(
                    host.code(), secrets.hide(host.text()), where, host.hint().orElse(null), stack, host);
        }
        Position where = place.orElse(start);
        String message = secrets.hide(String.valueOf(e.getMessage()));
        Matcher undefined = UNDEFINED.matcher(message);
        if (undefined.matches()) {
            String name = undefined.group(1);
            return new MillraceException(
                    ErrorCode.MACRO_NOT_FOUND,
                    "'" + name + "' is neither a macro nor a variable",
                    where,
                    Suggestion.closest(name, project.macros().namesFor(packageName))
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse(
                                    "A macro of a package is called as package.macro(…); is the package in dbt_packages/?"),
                    stack,
                    e);
        }
        if (NO_MACRO.matcher(message).matches()) {
            return new MillraceException(ErrorCode.MACRO_NOT_FOUND, message, where, null, stack, e);
        }
        ErrorCode code = e.kind() == JinjaException.Kind.SYNTAX || e.kind() == JinjaException.Kind.ASSERTION
                ? ErrorCode.TEMPLATE_SYNTAX
                : ErrorCode.TEMPLATE_FAILED;
        return new MillraceException(code, message, where, null, stack, e);
    }

    /** The innermost place in a file of the project: Millrace's own macros are no place to look at. */
    private static Optional<Position> place(JinjaException e) {
        if (e.line() > 0 && isOfProject(e.templateName())) {
            return Optional.of(new Position(e.templateName(), e.line(), e.column()));
        }
        for (MacroFrame frame : e.macroStack()) {
            dev.millrace.jinja.Position at = frame.calledAt();
            if (isOfProject(at.file())) {
                return Optional.of(new Position(at.file(), at.line(), at.column()));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfProject(String file) {
        return !file.startsWith(BuiltinMacros.DISPLAY) && !file.startsWith("<");
    }

    /** Calls from Millrace's own macros are left out: nobody can mend them. */
    private static List<TemplateFrame> stack(List<MacroFrame> frames, SecretTexts secrets) {
        List<TemplateFrame> stack = new ArrayList<>();
        for (MacroFrame frame : frames) {
            dev.millrace.jinja.Position at = frame.calledAt();
            if (isOfProject(at.file())) {
                stack.add(new TemplateFrame(
                        frame.macro() + "(" + secrets.hide(frame.arguments()) + ")",
                        new Position(at.file(), at.line(), at.column())));
            }
        }
        return stack;
    }
}
