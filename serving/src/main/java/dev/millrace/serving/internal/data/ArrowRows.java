package dev.millrace.serving.internal.data;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Dialect;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Arrow's IPC stream: the schema, batches of rows, an end
 * (https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format). Only the messages' flat buffers come from
 * Arrow's library: its vectors need a flag to the JVM.
 */
final class ArrowRows implements RowWriter {
    private static final int BATCH_ROWS = 16_384;
    /** A batch of long texts is shorter; offsets are 32 bits. */
    private static final long BATCH_BYTES = 8L << 20;

    private static final int CONTINUATION = -1;
    private static final int PREFIX_BYTES = 8;

    private final OutputStream out;
    private final Dialect dialect;
    private List<ArrowColumn> columns = List.of();
    private int rows;

    ArrowRows(OutputStream out, Dialect dialect) {
        this.out = out;
        this.dialect = dialect;
    }

    @Override
    public void begin(List<Column> described) throws IOException {
        columns = described.stream()
                .map(column -> ArrowTypes.column(dialect.dataType(column.type())))
                .toList();
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int fields = Schema.createFieldsVector(
                builder, fields(builder, described.stream().map(Column::name).toList(), columns));
        message(builder, MessageHeader.Schema, Schema.createSchema(builder, (short) 0, fields, 0, 0), 0);
    }

    private static int[] fields(FlatBufferBuilder builder, List<String> names, List<ArrowColumn> columns) {
        int[] fields = new int[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            ArrowColumn column = columns.get(i);
            int children = Field.createChildrenVector(builder, fields(builder, column.childNames(), column.children()));
            int name = builder.createString(names.get(i));
            int type = column.writeType(builder);
            fields[i] = Field.createField(builder, name, true, column.typeTag(), type, 0, children, 0);
        }
        return fields;
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            columns.get(i).append(values[i]);
        }
        rows++;
        if (rows == BATCH_ROWS || (rows % 64 == 0 && bytes() > BATCH_BYTES)) {
            batch();
        }
    }

    private long bytes() {
        List<GrowingBytes> buffers = new ArrayList<>();
        columns.forEach(column -> column.addTo(new ArrayList<>(), buffers));
        return buffers.stream().mapToLong(GrowingBytes::size).sum();
    }

    private void batch() throws IOException {
        List<ArrowColumn> nodes = new ArrayList<>();
        List<GrowingBytes> buffers = new ArrayList<>();
        columns.forEach(column -> column.addTo(nodes, buffers));
        FlatBufferBuilder builder = new FlatBufferBuilder();
        // Vectors of a flat buffer are written from their end.
        long end = buffers.stream().mapToLong(GrowingBytes::paddedSize).sum();
        long body = end;
        RecordBatch.startBuffersVector(builder, buffers.size());
        for (int i = buffers.size() - 1; i >= 0; i--) {
            end -= buffers.get(i).paddedSize();
            Buffer.createBuffer(builder, end, buffers.get(i).size());
        }
        int bufferVector = builder.endVector();
        RecordBatch.startNodesVector(builder, nodes.size());
        for (int i = nodes.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(
                    builder, nodes.get(i).length(), nodes.get(i).nulls());
        }
        int nodeVector = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, rows);
        RecordBatch.addNodes(builder, nodeVector);
        RecordBatch.addBuffers(builder, bufferVector);
        message(builder, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(builder), body);
        for (GrowingBytes buffer : buffers) {
            buffer.writeTo(out);
        }
        columns.forEach(ArrowColumn::clear);
        rows = 0;
    }

    private void message(FlatBufferBuilder builder, byte kind, int header, long bodyBytes) throws IOException {
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, kind, header, bodyBytes, 0));
        byte[] metadata = builder.sizedByteArray();
        int padded = (metadata.length + PREFIX_BYTES - 1) / PREFIX_BYTES * PREFIX_BYTES;
        prefix(padded);
        out.write(metadata);
        out.write(new byte[padded - metadata.length]);
    }

    private void prefix(int length) throws IOException {
        out.write(ByteBuffer.allocate(PREFIX_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(CONTINUATION)
                .putInt(length)
                .array());
    }

    @Override
    public void end() throws IOException {
        if (rows > 0) {
            batch();
        }
        prefix(0);
        out.flush();
    }
}
