package dev.millrace.serving.internal.data;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the values of one column of a batch in Arrow's layout. Not thread-safe. */
abstract class ArrowColumn {
    private final GrowingBytes validity = new GrowingBytes();
    private int length;
    private int nulls;

    final void append(@Nullable Object value) {
        validity.putBit(length, value != null);
        length++;
        if (value == null) {
            nulls++;
            putNull();
        } else {
            put(value);
        }
    }

    final int length() {
        return length;
    }

    final int nulls() {
        return nulls;
    }

    /** Empties it for the next batch. */
    final void clear() {
        length = 0;
        nulls = 0;
        validity.clear();
        clearValues();
        children().forEach(ArrowColumn::clear);
    }

    /** This column and those inside it, parents first. */
    final void addTo(List<ArrowColumn> columns, List<GrowingBytes> buffers) {
        columns.add(this);
        buffers.add(validity);
        addBuffers(buffers);
        children().forEach(child -> child.addTo(columns, buffers));
    }

    /** The {@code Type} union's tag. */
    abstract byte typeTag();

    /** Writes the type's table and returns where it is. */
    abstract int writeType(FlatBufferBuilder builder);

    /** Names of {@link #children}. */
    List<String> childNames() {
        return List.of();
    }

    List<ArrowColumn> children() {
        return List.of();
    }

    abstract void put(Object value);

    abstract void putNull();

    abstract void clearValues();

    abstract void addBuffers(List<GrowingBytes> buffers);
}
