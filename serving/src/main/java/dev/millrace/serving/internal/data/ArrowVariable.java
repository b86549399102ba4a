package dev.millrace.serving.internal.data;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Texts or bytes. */
final class ArrowVariable extends ArrowColumn {
    private final boolean text;
    private final GrowingBytes offsets = new GrowingBytes();
    private final GrowingBytes values = new GrowingBytes();

    private ArrowVariable(boolean text) {
        this.text = text;
        offsets.putInt(0);
    }

    /** Values of every type, as text. */
    static ArrowVariable text() {
        return new ArrowVariable(true);
    }

    static ArrowVariable bytes() {
        return new ArrowVariable(false);
    }

    @Override
    byte typeTag() {
        return text ? Type.Utf8 : Type.Binary;
    }

    @Override
    int writeType(FlatBufferBuilder builder) {
        if (text) {
            Utf8.startUtf8(builder);
            return Utf8.endUtf8(builder);
        }
        Binary.startBinary(builder);
        return Binary.endBinary(builder);
    }

    @Override
    void put(Object value) {
        values.put(text ? JsonValues.string(value).getBytes(StandardCharsets.UTF_8) : (byte[]) value);
        offsets.putInt(values.size());
    }

    @Override
    void putNull() {
        offsets.putInt(values.size());
    }

    @Override
    void clearValues() {
        offsets.clear();
        offsets.putInt(0);
        values.clear();
    }

    @Override
    void addBuffers(List<GrowingBytes> buffers) {
        buffers.add(offsets);
        buffers.add(values);
    }
}
