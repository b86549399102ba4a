package dev.millrace.ingest.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order. */
final class Bytes {
    private static final VarHandle INT2 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT4 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT8 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static short int2(byte[] bytes, int at) {
        return (short) INT2.get(bytes, at);
    }

    static int int4(byte[] bytes, int at) {
        return (int) INT4.get(bytes, at);
    }

    static long int8(byte[] bytes, int at) {
        return (long) INT8.get(bytes, at);
    }
}
