package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Whole numbers with a least value. */
final class Numbers {
    private Numbers() {}

    static OptionalInt atLeast(YamlMap map, String key, int least) {
        OptionalLong value = map.integer(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsLong() < least || value.getAsLong() > Integer.MAX_VALUE) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + key + "' must be at least " + least + ", but is " + value.getAsLong(),
                    map.require(key).position(),
                    null,
                    null);
        }
        return OptionalInt.of((int) value.getAsLong());
    }
}
