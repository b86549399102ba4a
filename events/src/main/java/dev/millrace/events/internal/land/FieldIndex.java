package dev.millrace.events.internal.land;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the column of a field by the bytes of its name. Messages of one topic mostly have the same fields in the same
 * order, so the field that followed last time is tried first. Used by one thread.
 */
final class FieldIndex {
    static final int UNKNOWN = -1;

    private final byte[][] names;
    /** Open addressing: column + 1. */
    private final int[] slots;
    /** Which column came at this place of the last object. */
    private int[] expected = new int[16];

    FieldIndex(List<TopicColumn> columns) {
        names = columns.stream()
                .map(column -> column.field().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        slots = new int[Math.max(16, Integer.highestOneBit(names.length * 4))];
        for (int i = 0; i < names.length; i++) {
            int slot = slot(names[i], 0, names[i].length);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i + 1;
        }
    }

    /** @param place how many fields of this object came before */
    int column(int place, byte[] name, int offset, int length) {
        if (place >= expected.length) {
            expected = Arrays.copyOf(expected, place * 2);
        }
        int guess = expected[place];
        if (guess < names.length && is(guess, name, offset, length)) {
            return guess;
        }
        int found = find(name, offset, length);
        if (found != UNKNOWN) {
            expected[place] = found;
        }
        return found;
    }

    private int find(byte[] name, int offset, int length) {
        int slot = slot(name, offset, length);
        while (slots[slot] != 0) {
            if (is(slots[slot] - 1, name, offset, length)) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return UNKNOWN;
    }

    private boolean is(int column, byte[] name, int offset, int length) {
        byte[] own = names[column];
        if (own.length != length) {
            return false;
        }
        // Names are short: a call costs more than this.
        for (int i = 0; i < length; i++) {
            if (own[i] != name[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private int slot(byte[] name, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + name[i];
        }
        return (hash ^ hash >>> 15) & slots.length - 1;
    }
}
