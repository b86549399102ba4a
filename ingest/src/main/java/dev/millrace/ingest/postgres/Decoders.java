package dev.millrace.ingest.postgres;

import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType.Decimal;
import java.nio.charset.StandardCharsets;

/** Makes decoders of PostgreSQL's binary forms, as the {@code *send} functions of its source write them. */
final class Decoders {
    private static final int DAYS_TO_2000 = 10_957;
    private static final long MICROS_TO_2000 = DAYS_TO_2000 * 86_400_000_000L;

    private Decoders() {}

    static ColumnDecoder decoder(Mapping mapping, String column) {
        return switch (mapping.wire()) {
            case BOOL -> of((row, at, length, out, i) -> out.setBoolean(i, row[at] != 0));
            case INT2 -> of((row, at, length, out, i) -> out.setLong(i, Bytes.int2(row, at)));
            case INT4 -> of((row, at, length, out, i) -> out.setLong(i, Bytes.int4(row, at)));
            case INT8 -> of((row, at, length, out, i) -> out.setLong(i, Bytes.int8(row, at)));
            case OID -> of((row, at, length, out, i) -> out.setLong(i, Integer.toUnsignedLong(Bytes.int4(row, at))));
            case FLOAT4 -> of((row, at, length, out, i) -> out.setDouble(i, Float.intBitsToFloat(Bytes.int4(row, at))));
            case FLOAT8 ->
                of((row, at, length, out, i) -> out.setDouble(i, Double.longBitsToDouble(Bytes.int8(row, at))));
            case TEXT -> of((row, at, length, out, i) -> out.setUtf8(i, row, at, length));
            // The first byte is the version of the format.
            case JSONB -> of((row, at, length, out, i) -> out.setUtf8(i, row, at + 1, length - 1));
            case BYTEA -> of((row, at, length, out, i) -> out.setBytes(i, row, at, length));
            case DATE -> of((row, at, length, out, i) -> out.setLong(i, date(Bytes.int4(row, at))));
            case TIME -> of((row, at, length, out, i) -> out.setLong(i, Bytes.int8(row, at)));
            case TIMESTAMP -> timestamp(new ValueRange(column, "a timestamp"));
            case UUID -> new UuidDecoder();
            case NUMERIC -> numeric((Decimal) mapping.type(), column);
            case LIST -> new ListDecoder(mapping.type(), column);
        };
    }

    private static ColumnDecoder numeric(Decimal type, String column) {
        ValueRange range = new ValueRange(column, Types.name(type));
        return type.precision() <= 18 ? new ShortNumericDecoder(type, range) : new LongNumericDecoder(type, range);
    }

    private static long date(int days) {
        if (days == Integer.MAX_VALUE) {
            return ColumnWriter.POSITIVE_INFINITY;
        }
        return days == Integer.MIN_VALUE ? ColumnWriter.NEGATIVE_INFINITY : (long) days + DAYS_TO_2000;
    }

    private static ColumnDecoder timestamp(ValueRange range) {
        return of((row, at, length, out, i) -> {
            long micros = Bytes.int8(row, at);
            if (micros == Long.MAX_VALUE) {
                out.setLong(i, ColumnWriter.POSITIVE_INFINITY);
            } else if (micros == Long.MIN_VALUE) {
                out.setLong(i, ColumnWriter.NEGATIVE_INFINITY);
            } else if (micros >= Long.MAX_VALUE - MICROS_TO_2000) {
                throw range.exceeded("after the year 294246");
            } else {
                out.setLong(i, micros + MICROS_TO_2000);
            }
        });
    }

    private static ColumnDecoder of(Value value) {
        return new ColumnDecoder() {
            @Override
            void value(byte[] row, int at, int length, ColumnWriter out, int index) {
                value.decode(row, at, length, out, index);
            }
        };
    }

    @FunctionalInterface
    private interface Value {
        void decode(byte[] row, int at, int length, ColumnWriter out, int index);
    }

    /** 16 bytes as the 36 characters people write. */
    private static final class UuidDecoder extends ColumnDecoder {
        private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        private final byte[] text = "00000000-0000-0000-0000-000000000000".getBytes(StandardCharsets.US_ASCII);

        @Override
        void value(byte[] row, int at, int length, ColumnWriter out, int index) {
            int to = 0;
            for (int i = 0; i < 16; i++) {
                if (i == 4 || i == 6 || i == 8 || i == 10) {
                    to++;
                }
                int value = row[at + i] & 0xFF;
                text[to++] = DIGITS[value >> 4];
                text[to++] = DIGITS[value & 0xF];
            }
            out.setUtf8(index, text, 0, text.length);
        }
    }
}
