package dev.millrace.core;

import java.util.List;

/** Several errors found in one pass over the project: all of them are reported, not only the first. */
public final class ProblemsException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final transient List<MillraceException> problems;

    private ProblemsException(List<MillraceException> problems) {
        super(
                problems.get(0).code(),
                problems.size() + " problems in the project",
                problems.get(0).position().orElse(null),
                null,
                problems.get(0));
        this.problems = problems;
    }

    /** The single problem itself, or one exception that holds them all. */
    public static MillraceException of(List<MillraceException> problems) {
        return problems.size() == 1 ? problems.get(0) : new ProblemsException(List.copyOf(problems));
    }

    public List<MillraceException> problems() {
        return problems;
    }
}
