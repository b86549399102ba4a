package dev.millrace.core.select;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a selection: {@code 2+tag:nightly+}.
 *
 * @param text as written
 * @param method before the colon, or empty when there is none
 * @param methodArguments the dotted parts after the method's name: {@code materialized} of
 *     {@code config.materialized:view}
 * @param value after the colon
 * @param childrensParents whether {@code @} stands in front
 * @param parents how many edges to walk up
 * @param children how many edges to walk down
 */
record Criterion(
        String text,
        String method,
        List<String> methodArguments,
        String value,
        boolean childrensParents,
        int parents,
        int children) {
    private static final Pattern SYNTAX =
            Pattern.compile("(?<at>@)?(?:(?<up>\\d*)\\+)?(?:(?<method>[\\w.]+):)?(?<value>.*?)(?:\\+(?<down>\\d*))?");

    static Criterion parse(String text) {
        Matcher m = SYNTAX.matcher(text.trim());
        if (!m.matches() || m.group("value").isEmpty()) {
            throw new MillraceException(
                    ErrorCode.SELECTOR_INVALID,
                    "'" + text + "' is not a selector",
                    null,
                    "Write a name, method:value (tag:nightly, path:models/staging, source:raw.orders), with + for what is up- or downstream.",
                    null);
        }
        if (m.group("at") != null && m.group("down") != null) {
            throw new MillraceException(
                    ErrorCode.SELECTOR_INVALID,
                    "'" + text + "' uses both '@' and a '+' behind the name",
                    null,
                    "'@' already means everything downstream and what that needs: leave out the '+'.",
                    null);
        }
        String method = m.group("method") == null ? "" : m.group("method");
        List<String> parts = List.of(method.split("\\."));
        return new Criterion(
                text.trim(),
                parts.get(0),
                parts.subList(1, parts.size()),
                m.group("value"),
                m.group("at") != null,
                depth(m.group("up")),
                depth(m.group("down")));
    }

    private static int depth(@org.jspecify.annotations.Nullable String digits) {
        if (digits == null) {
            return 0;
        }
        try {
            return digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
