package dev.millrace.core.yaml;

import dev.millrace.core.Position;
import org.jspecify.annotations.Nullable;

/** A value of a YAML file together with the place it stands at. Immutable. */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {
    Position position();

    /**
     * Plain Java values: {@code Map<String, Object>} in file order, {@code List}, String, Long, BigInteger, Double,
     * Boolean, LocalDate, OffsetDateTime or LocalDateTime, null.
     */
    @Nullable
    Object toJava();

    /** What it is, for messages: "a mapping", "a list", "a text" … */
    String describe();
}
