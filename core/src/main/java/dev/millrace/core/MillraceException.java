package dev.millrace.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything Millrace throws on purpose: what is wrong (message, naming the value itself), where (position)
 * and what to do (hint). The command line prints these three and no stack trace.
 */
public class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient @Nullable Position position;
    private final @Nullable String hint;
    private final transient List<TemplateFrame> templateStack;

    public MillraceException(ErrorCode code, String message) {
        this(code, message, null, null, null);
    }

    public MillraceException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, null, cause);
    }

    public MillraceException(
            ErrorCode code,
            String message,
            @Nullable Position position,
            @Nullable String hint,
            @Nullable Throwable cause) {
        this(code, message, position, hint, List.of(), cause);
    }

    /** @param templateStack the macros that were running, innermost first */
    public MillraceException(
            ErrorCode code,
            String message,
            @Nullable Position position,
            @Nullable String hint,
            List<TemplateFrame> templateStack,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.position = position;
        this.hint = hint;
        this.templateStack = List.copyOf(templateStack);
    }

    public final ErrorCode code() {
        return code;
    }

    public final Optional<Position> position() {
        return Optional.ofNullable(position);
    }

    public final Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    /** The macros that were running, innermost first; empty for what no template did. */
    public final List<TemplateFrame> templateStack() {
        return templateStack;
    }

    /** The message as a {@code String} that is never null. */
    public final String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }

    /** The same error at {@code where}, unless it already has a position. */
    public MillraceException at(@Nullable Position where) {
        return position != null || where == null
                ? this
                : new MillraceException(code, text(), where, hint, templateStack, this);
    }

    /** The same error with {@code advice}, unless it already has a hint. */
    public MillraceException withHint(@Nullable String advice) {
        return hint != null || advice == null
                ? this
                : new MillraceException(code, text(), position, advice, templateStack, this);
    }
}
