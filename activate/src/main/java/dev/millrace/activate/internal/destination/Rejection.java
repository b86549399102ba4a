package dev.millrace.activate.internal.destination;

import java.util.List;

/**
 * Why a record was not taken.
 *
 * @param code the destination's own, such as {@code REQUIRED_FIELD_MISSING}, or one of Millrace's
 * @param fields the destination names as the cause; may be empty
 */
public record Rejection(String code, String message, List<String> fields) {
    public Rejection {
        fields = List.copyOf(fields);
    }
}
