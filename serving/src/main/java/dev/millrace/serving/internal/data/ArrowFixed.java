package dev.millrace.serving.internal.data;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/** Values of one width. */
final class ArrowFixed extends ArrowColumn {
    private final byte typeTag;
    private final ToIntFunction<FlatBufferBuilder> type;
    private final byte[] zero;
    private final BiConsumer<GrowingBytes, Object> writer;
    private final GrowingBytes values = new GrowingBytes();

    /** @param width bytes of a value */
    ArrowFixed(
            byte typeTag, ToIntFunction<FlatBufferBuilder> type, int width, BiConsumer<GrowingBytes, Object> writer) {
        this.typeTag = typeTag;
        this.type = type;
        this.zero = new byte[width];
        this.writer = writer;
    }

    @Override
    byte typeTag() {
        return typeTag;
    }

    @Override
    int writeType(FlatBufferBuilder builder) {
        return type.applyAsInt(builder);
    }

    @Override
    void put(Object value) {
        writer.accept(values, value);
    }

    @Override
    void putNull() {
        values.put(zero);
    }

    @Override
    void clearValues() {
        values.clear();
    }

    @Override
    void addBuffers(List<GrowingBytes> buffers) {
        buffers.add(values);
    }
}
