package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import java.util.List;
import java.util.Locale;

/** What a test may be configured to do when it fails. */
final class SeverityCheck {
    private static final List<String> KNOWN = List.of("error", "warn");

    private SeverityCheck() {}

    static void check(Identity identity, Config config) {
        String severity = config.text("severity");
        if (identity.kind() != NodeKind.TEST || severity == null || KNOWN.contains(severity.toLowerCase(Locale.ROOT))) {
            return;
        }
        String hint = Suggestion.hint(severity, KNOWN);
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'severity' of " + identity.id() + " must be error or warn, but is '" + severity + "'",
                identity.position(),
                hint == null ? "Write severity: error, or severity: warn." : hint,
                null);
    }
}
