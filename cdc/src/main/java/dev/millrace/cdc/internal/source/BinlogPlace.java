package dev.millrace.cdc.internal.source;

import java.util.Map;
import java.util.Optional;

/** A place in a binary log: between two of its entries. Files are numbered at their end, and come in that order. */
record BinlogPlace(String file, long position) implements Comparable<BinlogPlace> {
    static final String FILE = "file";
    static final String POS = "pos";

    /** @param text {@code file:position} */
    static BinlogPlace parse(String text) {
        int colon = text.lastIndexOf(':');
        return new BinlogPlace(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }

    /** Of an offset as Debezium writes it, or as it comes back from JSON. */
    static Optional<BinlogPlace> of(Map<String, ?> offset) {
        return offset.get(FILE) instanceof String file && offset.get(POS) instanceof Number position
                ? Optional.of(new BinlogPlace(file, position.longValue()))
                : Optional.empty();
    }

    private long number() {
        String digits = file.substring(file.lastIndexOf('.') + 1);
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    @Override
    public int compareTo(BinlogPlace other) {
        int files = Long.compare(number(), other.number());
        return files != 0 ? files : Long.compare(position, other.position);
    }

    @Override
    public String toString() {
        return file + ":" + position;
    }
}
