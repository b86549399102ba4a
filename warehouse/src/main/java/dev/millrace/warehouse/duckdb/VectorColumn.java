package dev.millrace.warehouse.duckdb;

import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import java.util.Objects;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/** A column of a load, over the vector of the batch that DuckDB wants filled. */
abstract class VectorColumn implements ColumnWriter {
    private final DataType.Field field;
    private @Nullable DuckDBWritableVector vector;

    VectorColumn(DataType.Field field) {
        this.field = field;
    }

    static VectorColumn of(DataType.Field field) {
        DuckDBColumnType vector = LoadSql.vector(field.type());
        if (vector == DuckDBColumnType.VARCHAR) {
            return new TextColumn(field);
        }
        return vector == DuckDBColumnType.INTEGER ? new DateColumn(field) : new FixedColumn(field);
    }

    DataType.Field field() {
        return field;
    }

    DuckDBWritableVector vector() {
        return Objects.requireNonNull(vector);
    }

    void begin(DuckDBWritableVector next, int capacity) {
        vector = next;
    }

    /** Hands over what is still held back of the {@code rows} rows. */
    void end(int rows) {
        vector = null;
    }

    @Override
    public void setNull(int row) {
        vector().setNull(row);
    }

    @Override
    public void setBoolean(int row, boolean value) {
        throw wrong("a boolean");
    }

    @Override
    public void setLong(int row, long value) {
        throw wrong("a whole number");
    }

    @Override
    public void setDouble(int row, double value) {
        throw wrong("a double");
    }

    @Override
    public void setUtf8(int row, byte[] buffer, int offset, int length) {
        throw wrong("a text");
    }

    @Override
    public void setBytes(int row, byte[] buffer, int offset, int length) {
        throw wrong("bytes");
    }

    private IllegalStateException wrong(String handedOver) {
        return new IllegalStateException(
                handedOver + " handed over for column " + field.name() + " of type " + field.type());
    }

    /** Numbers, booleans, times and instants. */
    private static final class FixedColumn extends VectorColumn {
        FixedColumn(DataType.Field field) {
            super(field);
        }

        @Override
        public void setBoolean(int row, boolean value) {
            vector().setBoolean(row, value);
        }

        @Override
        public void setLong(int row, long value) {
            vector().setLong(row, value);
        }

        @Override
        public void setDouble(int row, double value) {
            vector().setDouble(row, value);
        }
    }

    /** Days as DuckDB counts them, with its own numbers for the infinities. */
    private static final class DateColumn extends VectorColumn {
        DateColumn(DataType.Field field) {
            super(field);
        }

        @Override
        public void setLong(int row, long value) {
            int days = value == POSITIVE_INFINITY
                    ? Integer.MAX_VALUE
                    : value == NEGATIVE_INFINITY ? -Integer.MAX_VALUE : Math.toIntExact(value);
            vector().setInt(row, days);
        }
    }
}
