package dev.millrace.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Anything that goes wrong while a template is compiled or rendered. The message reads as Jinja's or Python's does;
 * position and macro stack are filled in by the engine as the error travels outwards. An exception thrown by a host
 * function is kept as {@link #getCause()}.
 */
public final class JinjaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The family an error belongs to, named after Jinja's and Python's exception classes. */
    public enum Kind {
        SYNTAX("TemplateSyntaxError"),
        ASSERTION("TemplateAssertionError"),
        UNDEFINED("UndefinedError"),
        TYPE("TypeError"),
        VALUE("ValueError"),
        KEY("KeyError"),
        INDEX("IndexError"),
        ATTRIBUTE("AttributeError"),
        ZERO_DIVISION("ZeroDivisionError"),
        OVERFLOW("OverflowError"),
        RUNTIME("TemplateRuntimeError"),
        FILTER_ARGUMENT("FilterArgumentError"),
        /** A budget was used up: steps, output size, depth, or the thread was interrupted. */
        LIMIT("LimitError"),
        /** A host function threw; see the cause. */
        HOST("HostError");

        private final String pythonName;

        Kind(String pythonName) {
            this.pythonName = pythonName;
        }

        /** The class name Jinja or Python gives this family. */
        public String pythonName() {
            return pythonName;
        }
    }

    private final Kind kind;
    private transient @Nullable Position position;
    private final transient List<MacroFrame> stack = new ArrayList<>();

    public JinjaException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    public JinjaException(Kind kind, String message, @Nullable Position position, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.position = position;
    }

    public Kind kind() {
        return kind;
    }

    /** Where it happened; empty only for errors raised outside any template. */
    public Optional<Position> position() {
        return Optional.ofNullable(position);
    }

    public String templateName() {
        return position == null ? "" : position.file();
    }

    /** 1-based, 0 when unknown. */
    public int line() {
        return position == null ? 0 : position.line();
    }

    /** 1-based, 0 when unknown. */
    public int column() {
        return position == null ? 0 : position.column();
    }

    /** The macros that were running, innermost first. */
    public List<MacroFrame> macroStack() {
        return List.copyOf(stack);
    }

    /** Sets the position unless a more precise one is known already. Returns this exception, ready to be thrown. */
    public JinjaException at(Position place) {
        if (position == null) {
            position = place;
        }
        return this;
    }

    /** Adds a macro that the error left. Only the innermost hundred are kept. */
    public JinjaException through(MacroFrame frame) {
        if (stack.size() < 100) {
            stack.add(frame);
        }
        return this;
    }

    /** A TypeError. */
    public static JinjaException type(String message) {
        return new JinjaException(Kind.TYPE, message);
    }

    /** A ValueError. */
    public static JinjaException value(String message) {
        return new JinjaException(Kind.VALUE, message);
    }

    /** An UndefinedError. */
    public static JinjaException undefined(String message) {
        return new JinjaException(Kind.UNDEFINED, message);
    }

    /** An error of a used-up budget. */
    public static JinjaException limit(String message) {
        return new JinjaException(Kind.LIMIT, message);
    }

    /** Kind, message and place in one line, such as {@code UndefinedError: 'x' is undefined (models/a.sql:3:4)}. */
    public String describe() {
        return kind.pythonName() + ": " + getMessage() + (position == null ? "" : " (" + position + ")");
    }
}
