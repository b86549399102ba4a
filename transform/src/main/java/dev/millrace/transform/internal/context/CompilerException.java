package dev.millrace.transform.internal.context;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;

/** What a template raised with {@code exceptions.raise_compiler_error}: its own words, at the place of the call. */
final class CompilerException {
    private CompilerException() {}

    static MillraceException of(String message) {
        return new MillraceException(ErrorCode.TEMPLATE_FAILED, message);
    }
}
