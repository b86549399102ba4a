package dev.millrace.transform.internal.resource;

import org.jspecify.annotations.Nullable;

/** Versions of models: numbers, or texts. */
public final class Version {
    private Version() {}

    /** Compares as numbers if both are, else as texts. */
    public static int compare(String one, String other) {
        try {
            return Double.compare(Double.parseDouble(one), Double.parseDouble(other));
        } catch (NumberFormatException text) {
            return one.compareTo(other);
        }
    }

    /** {@code latest}, {@code prerelease}, {@code old}, or {@code none} for a model without versions. */
    public static String stage(@Nullable Object version, @Nullable Object latest) {
        if (version == null) {
            return "none";
        }
        int order = compare(String.valueOf(version), String.valueOf(latest));
        return order == 0 ? "latest" : order < 0 ? "old" : "prerelease";
    }
}
