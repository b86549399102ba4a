package dev.millrace.server.internal.http;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;

/** Errors as HTTP tells them. */
public final class Problems {
    private Problems() {}

    /** Any exception as a refusal. */
    public static HttpProblem of(Throwable e) {
        if (e instanceof HttpProblem problem) {
            return problem;
        }
        if (e instanceof MillraceException known) {
            String where = known.position().map(position -> position + ": ").orElse("");
            return new HttpProblem(
                    status(known.code()),
                    known.code().name(),
                    where + known.text(),
                    known.hint().orElse(null));
        }
        return new HttpProblem(
                500,
                ErrorCode.INTERNAL.name(),
                e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                "This is a defect of Millrace.");
    }

    private static int status(ErrorCode code) {
        if (code.name().equals("RUN_STATE")) {
            return 409;
        }
        return switch (code.category()) {
            case USER -> code.name().endsWith("_NOT_FOUND") ? 404 : 400;
            case DATA -> 422;
            case EXTERNAL -> code == ErrorCode.TIMEOUT ? 504 : code == ErrorCode.STREAM_NOT_FOUND ? 404 : 502;
            case INTERNAL -> 500;
        };
    }
}
