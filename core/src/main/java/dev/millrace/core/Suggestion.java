package dev.millrace.core;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** "Did you mean": the known name nearest to the one that was written. */
public final class Suggestion {
    private Suggestion() {}

    /** The candidate at the smallest edit distance, if it is near enough to be a likely slip of the finger. */
    public static Optional<String> closest(String written, Collection<String> candidates) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        String lower = written.toLowerCase(Locale.ROOT);
        for (String candidate : candidates) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        int limit = Math.max(1, written.length() / 3);
        return best != null && bestDistance <= limit ? Optional.of(best) : Optional.empty();
    }

    /** "Did you mean 'x'?" or, with nothing near, the known names (at most ten), or null when there are none. */
    public static @Nullable String hint(String written, Collection<String> candidates) {
        Optional<String> near = closest(written, candidates);
        if (near.isPresent()) {
            return "Did you mean '" + near.get() + "'?";
        }
        if (candidates.isEmpty()) {
            return null;
        }
        String known = String.join(", ", candidates.stream().sorted().limit(10).toList());
        return "Known names: " + known + (candidates.size() > 10 ? ", …" : "") + ".";
    }

    /** Insertions, deletions, replacements and swaps of neighbours, each counted as one. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
