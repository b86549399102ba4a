package dev.millrace.cli.error;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides what a line of YAML gives as a password, token or the like; what a template fetches may be seen. */
final class Secrets {
    private static final Pattern VALUE = Pattern.compile(
            "(?i)([\\w-]*(?:password|secret|token|passphrase|private_key)[\\w-]*[\"']?\\s*:\\s*|\\bpass\\s*:\\s*)"
                    + "(?!\\s|[\"']?\\{\\{)(\"[^\"]*\"?|'[^']*'?|[^,}#\\s][^,}#]*)");
    private static final String STARS = "****";

    private Secrets() {}

    /** The same line, as long as before, so that marks below it stay in place. */
    static String hidden(String line) {
        return VALUE.matcher(line).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + stars(found)));
    }

    private static String stars(MatchResult found) {
        return STARS + " ".repeat(Math.max(0, found.group(2).length() - STARS.length()));
    }
}
