package dev.millrace.transform.internal.deps;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Semantic versions and the ranges that packages.yml writes: {@code >=1.0.0}, {@code 1.2.3}. Pure functions. */
final class VersionRange {
    private static final Pattern VERSION =
            Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
    private static final Pattern RANGE = Pattern.compile("(>=|<=|==|=|>|<)?\\s*(\\S+)");

    /** By semantic versioning; a prerelease comes before its release. */
    static final Comparator<String> ORDER = VersionRange::compare;

    private VersionRange() {}

    static void check(String range, Position position) {
        Matcher parts = RANGE.matcher(range);
        if (!parts.matches() || !VERSION.matcher(parts.group(2)).matches()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + range + "' is no version",
                    position,
                    "Write 1.2.3, or a list of ranges: [\">=1.0.0\", \"<2.0.0\"].",
                    null);
        }
    }

    /** The newest of {@code versions} that fits all ranges. */
    static Optional<String> newest(Iterable<String> versions, List<String> ranges, boolean prerelease) {
        String best = null;
        for (String version : versions) {
            Matcher parts = VERSION.matcher(version);
            boolean usable = parts.matches()
                    && (prerelease || parts.group(4) == null || ranges.contains(version))
                    && ranges.stream().allMatch(range -> holds(range, version));
            if (usable && (best == null || compare(version, best) > 0)) {
                best = version;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean holds(String range, String version) {
        Matcher parts = RANGE.matcher(range);
        if (!parts.matches()) {
            return false;
        }
        int order = compare(version, parts.group(2));
        String operator = parts.group(1) == null ? "=" : parts.group(1);
        return switch (operator) {
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            default -> order == 0;
        };
    }

    private static int compare(String a, String b) {
        Matcher left = VERSION.matcher(a);
        Matcher right = VERSION.matcher(b);
        if (!left.matches() || !right.matches()) {
            return a.compareTo(b);
        }
        for (int part = 1; part <= 3; part++) {
            int order = new BigInteger(left.group(part)).compareTo(new BigInteger(right.group(part)));
            if (order != 0) {
                return order;
            }
        }
        String before = left.group(4);
        String other = right.group(4);
        if (before == null || other == null) {
            return Boolean.compare(before == null, other == null);
        }
        return before.compareTo(other);
    }
}
