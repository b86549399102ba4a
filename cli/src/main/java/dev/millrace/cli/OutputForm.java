package dev.millrace.cli;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import java.util.List;

/** The value of {@code --output} where there are two. */
final class OutputForm {
    private OutputForm() {}

    /** @throws MillraceException USAGE if it is neither text nor json */
    static boolean isJson(String output) {
        if (output.equals("text") || output.equals("json")) {
            return output.equals("json");
        }
        throw new MillraceException(
                ErrorCode.USAGE,
                "--output '" + output + "' is unknown",
                null,
                Suggestion.hint(output, List.of("text", "json")),
                null);
    }
}
