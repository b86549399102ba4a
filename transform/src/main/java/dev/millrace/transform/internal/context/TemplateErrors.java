package dev.millrace.transform.internal.context;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.MacroFrame;
import dev.millrace.transform.internal.macro.BuiltinMacros;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Errors of templates as Millrace's: at their place, with the macros that were running, and a guess at what was meant.
 */
public final class TemplateErrors {
    private static final Pattern UNDEFINED = Pattern.compile("'(\\w+)' is undefined");
    private static final Pattern NO_MACRO = Pattern.compile("package '\\w+' has no macro '(\\w+)'");

    private TemplateErrors() {}

    /**
     * @param start where the template begins, for errors without a place
     * @param known the names a template may use
     */
    public static MillraceException of(JinjaException e, Position start, Collection<String> known) {
        Optional<Position> place = place(e);
        if (e.getCause() instanceof MillraceException host) {
            // What the engine says of a statement belongs to the node, unless a template of the project asked for it.
            boolean fromSql = host.code().category() != ErrorCode.Category.USER;
            MillraceException placed = host.at(place.orElse(fromSql ? null : start));
            return placed.withHint(stack(e.macroStack()));
        }
        Position where = place.orElse(start);
        String message = String.valueOf(e.getMessage());
        Matcher undefined = UNDEFINED.matcher(message);
        Matcher noMacro = NO_MACRO.matcher(message);
        if (undefined.matches()) {
            return new MillraceException(
                    ErrorCode.MACRO_NOT_FOUND,
                    "'" + undefined.group(1) + "' is neither a macro nor a variable",
                    where,
                    joined(
                            Suggestion.closest(undefined.group(1), known)
                                    .map(near -> "Did you mean '" + near + "'?")
                                    .orElse(
                                            "A macro of a package is called as package.macro(…); is the package in dbt_packages/?"),
                            stack(e.macroStack())),
                    e);
        }
        if (noMacro.matches()) {
            return new MillraceException(
                    ErrorCode.MACRO_NOT_FOUND, message, where, joined(null, stack(e.macroStack())), e);
        }
        ErrorCode code = e.kind() == JinjaException.Kind.SYNTAX || e.kind() == JinjaException.Kind.ASSERTION
                ? ErrorCode.TEMPLATE_SYNTAX
                : ErrorCode.TEMPLATE_FAILED;
        return new MillraceException(code, message, where, stack(e.macroStack()), e);
    }

    private static @Nullable String joined(@Nullable String first, @Nullable String second) {
        if (first == null) {
            return second;
        }
        return second == null ? first : first + "\n" + second;
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

    private static @Nullable String stack(List<MacroFrame> frames) {
        StringBuilder text = new StringBuilder();
        for (MacroFrame frame : frames) {
            if (isOfProject(frame.calledAt().file())) {
                text.append(text.length() == 0 ? "" : "\n")
                        .append("in macro ")
                        .append(frame.macro())
                        .append(", called at ")
                        .append(frame.calledAt());
            }
        }
        return text.length() == 0 ? null : text.toString();
    }
}
