package dev.millrace.testkit;

import org.jspecify.annotations.Nullable;

/** A test server could not be started, stopped or used; the message says why and what to do. */
public final class TestkitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TestkitException(String message) {
        super(message);
    }

    public TestkitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
