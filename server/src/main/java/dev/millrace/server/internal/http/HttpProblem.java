package dev.millrace.server.internal.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is refused: the status, a stable code, what is wrong and what to do. */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String hint;

    public HttpProblem(int status, String code, String message, @Nullable String hint) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.hint = hint;
    }

    public static HttpProblem notFound(String what) {
        return new HttpProblem(404, "NOT_FOUND", what, null);
    }

    public static HttpProblem badRequest(String message, @Nullable String hint) {
        return new HttpProblem(400, "BAD_REQUEST", message, hint);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
