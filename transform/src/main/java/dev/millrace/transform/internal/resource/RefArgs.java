package dev.millrace.transform.internal.resource;

import dev.millrace.core.Position;
import org.jspecify.annotations.Nullable;

/** One {@code ref(…)} call. */
public record RefArgs(
        @Nullable String packageName, String name, @Nullable Object version, Position position) {
    @Override
    public String toString() {
        String target = packageName == null ? "'" + name + "'" : "'" + packageName + "', '" + name + "'";
        return "ref(" + target + (version == null ? "" : ", v=" + version) + ")";
    }
}
