package dev.millrace.serving.internal.data;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Type;

/** Truth values, a bit each. */
final class ArrowBits extends ArrowColumn {
    private final GrowingBytes values = new GrowingBytes();

    @Override
    byte typeTag() {
        return Type.Bool;
    }

    @Override
    int writeType(FlatBufferBuilder builder) {
        Bool.startBool(builder);
        return Bool.endBool(builder);
    }

    @Override
    void put(Object value) {
        values.putBit(length() - 1, (Boolean) value);
    }

    @Override
    void putNull() {
        values.putBit(length() - 1, false);
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
