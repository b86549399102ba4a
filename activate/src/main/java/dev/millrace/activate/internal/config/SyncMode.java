package dev.millrace.activate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a sync does with the rows of its model. */
public enum SyncMode {
    /** Creates records that are missing and updates those that are there. */
    UPSERT,
    /** Updates records that are there; a row without a record is rejected. */
    UPDATE,
    /** Creates records that are missing and leaves those that are there alone. */
    INSERT,
    /** Upserts, and deletes the records of rows that left the model. */
    MIRROR;

    private static final Map<String, SyncMode> SPELLINGS = new TreeMap<>(Map.of(
            "upsert", UPSERT,
            "update_or_create", UPSERT,
            "update", UPDATE,
            "update_only", UPDATE,
            "insert", INSERT,
            "create", INSERT,
            "create_only", INSERT,
            "mirror", MIRROR));

    /** The word as people write it: {@code upsert}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws MillraceException CONFIG_INVALID for a word that is none */
    public static SyncMode parse(String written, Position position) {
        String plain = written.trim().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        SyncMode mode = SPELLINGS.get(plain);
        if (mode == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "a sync cannot '" + written + "'",
                    position,
                    Suggestion.hint(plain, List.of("upsert", "update", "insert", "mirror")),
                    null);
        }
        return mode;
    }
}
