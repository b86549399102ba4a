package dev.millrace.serving.internal.data;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** Lists and structs: columns in a column. */
abstract class ArrowNested extends ArrowColumn {
    private final List<String> names;
    private final List<ArrowColumn> children;

    private ArrowNested(List<String> names, List<ArrowColumn> children) {
        this.names = List.copyOf(names);
        this.children = List.copyOf(children);
    }

    static ArrowColumn list(ArrowColumn element) {
        return new ListColumn(element);
    }

    static ArrowColumn struct(List<String> names, List<ArrowColumn> children) {
        return new StructColumn(names, children);
    }

    @Override
    final List<String> childNames() {
        return names;
    }

    @Override
    final List<ArrowColumn> children() {
        return children;
    }

    private static final class ListColumn extends ArrowNested {
        private final GrowingBytes offsets = new GrowingBytes();
        private final ArrowColumn element;

        ListColumn(ArrowColumn element) {
            super(List.of("item"), List.of(element));
            this.element = element;
            offsets.putInt(0);
        }

        @Override
        byte typeTag() {
            return Type.List;
        }

        @Override
        int writeType(FlatBufferBuilder builder) {
            org.apache.arrow.flatbuf.List.startList(builder);
            return org.apache.arrow.flatbuf.List.endList(builder);
        }

        @Override
        void put(Object value) {
            for (@Nullable Object item : (List<?>) value) {
                element.append(item);
            }
            offsets.putInt(element.length());
        }

        @Override
        void putNull() {
            offsets.putInt(element.length());
        }

        @Override
        void clearValues() {
            offsets.clear();
            offsets.putInt(0);
        }

        @Override
        void addBuffers(List<GrowingBytes> buffers) {
            buffers.add(offsets);
        }
    }

    private static final class StructColumn extends ArrowNested {
        StructColumn(List<String> names, List<ArrowColumn> children) {
            super(names, children);
        }

        @Override
        byte typeTag() {
            return Type.Struct_;
        }

        @Override
        int writeType(FlatBufferBuilder builder) {
            Struct_.startStruct_(builder);
            return Struct_.endStruct_(builder);
        }

        @Override
        void put(Object value) {
            Map<?, ?> map = (Map<?, ?>) value;
            for (int i = 0; i < children().size(); i++) {
                children().get(i).append(map.get(childNames().get(i)));
            }
        }

        @Override
        void putNull() {
            children().forEach(child -> child.append(null));
        }

        @Override
        void clearValues() {}

        @Override
        void addBuffers(List<GrowingBytes> buffers) {}
    }
}
