package dev.millrace.events.internal.land;

import dev.millrace.events.internal.json.JsonKind;
import dev.millrace.events.internal.json.JsonNumber;
import dev.millrace.events.internal.json.JsonScanner;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Simple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Puts JSON values into cells of a type, if they fit it. Used by one thread. */
final class CellReader {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}");
    private static final int LONG_DIGITS = 18;
    private static final int MOST_DIGITS = 38;

    private final Cells cells;
    private final TimeText times = new TimeText();

    CellReader(Cells cells) {
        this.cells = cells;
    }

    /** What inferred columns are made of, by the JSON value's own kind; false if the type does not hold the value. */
    boolean take(int column, DataType type, JsonScanner value) {
        JsonKind kind = value.kind();
        if (kind == JsonKind.NULL) {
            cells.setNull(column);
            return true;
        }
        if (type instanceof Decimal) {
            boolean fits = (kind == JsonKind.INT || kind == JsonKind.BIG)
                    && value.number().digits() <= MOST_DIGITS;
            if (fits) {
                cells.setUtf8(column, value.source(), value.start(), value.stop() - value.start());
            }
            return fits;
        }
        return switch ((Simple) type) {
            case BOOL -> bool(column, kind);
            case INT64 -> {
                if (kind == JsonKind.INT) {
                    cells.setLong(column, value.number().longValue());
                }
                yield kind == JsonKind.INT;
            }
            case FLOAT64 -> number(column, kind, value.number());
            case TEXT -> text(column, value);
            case JSON -> {
                cells.setUtf8(column, value.source(), value.start(), value.stop() - value.start());
                yield true;
            }
            default -> false;
        };
    }

    /** The same for a type that the project declares: texts are read, too. */
    boolean takeDeclared(int column, DataType type, JsonScanner value) {
        JsonKind kind = value.kind();
        if (kind == JsonKind.NULL) {
            cells.setNull(column);
            return true;
        }
        if (type instanceof Decimal decimal) {
            return !kind.isNested() && decimal(column, decimal, value);
        }
        Simple simple = (Simple) type;
        return switch (simple) {
            case TEXT, JSON -> take(column, type, value);
            case BOOL -> bool(column, kind) || (kind == JsonKind.STRING && bool(column, value.text()));
            case INT64 -> take(column, type, value) || (kind == JsonKind.STRING && whole(column, value.text()));
            case FLOAT64 -> take(column, type, value) || (kind == JsonKind.STRING && fraction(column, value.text()));
            case UUID -> kind == JsonKind.STRING && uuid(column, value.text());
            case BYTES -> kind == JsonKind.STRING && base64(column, value.text());
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> time(column, simple, value);
        };
    }

    private boolean bool(int column, JsonKind kind) {
        boolean fits = kind == JsonKind.TRUE || kind == JsonKind.FALSE;
        if (fits) {
            cells.setBoolean(column, kind == JsonKind.TRUE);
        }
        return fits;
    }

    private boolean bool(int column, String text) {
        boolean fits = text.equals("true") || text.equals("false");
        if (fits) {
            cells.setBoolean(column, text.equals("true"));
        }
        return fits;
    }

    private boolean number(int column, JsonKind kind, JsonNumber number) {
        if (kind != JsonKind.FLOAT && kind != JsonKind.INT && kind != JsonKind.BIG) {
            return false;
        }
        double value = number.doubleValue();
        boolean exact = number.isExactly(value);
        if (exact) {
            cells.setDouble(column, value);
        }
        return exact;
    }

    private boolean whole(int column, String text) {
        try {
            cells.setLong(column, Long.parseLong(text.trim()));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private boolean fraction(int column, String text) {
        try {
            cells.setDouble(column, Double.parseDouble(text.trim()));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private boolean text(int column, JsonScanner value) {
        if (value.kind() != JsonKind.STRING) {
            cells.setUtf8(column, value.source(), value.start(), value.stop() - value.start());
        } else if (value.isEscaped()) {
            byte[] text = value.text().getBytes(StandardCharsets.UTF_8);
            cells.setUtf8(column, text, 0, text.length);
        } else {
            cells.setUtf8(column, value.source(), value.start() + 1, value.stop() - value.start() - 2);
        }
        return true;
    }

    private boolean uuid(int column, String text) {
        boolean fits = UUID.matcher(text).matches();
        if (fits) {
            cells.setUtf8(column, text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
        }
        return fits;
    }

    private boolean base64(int column, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            cells.setBytes(column, bytes, 0, bytes.length);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean decimal(int column, Decimal type, JsonScanner value) {
        try {
            String written = value.kind() == JsonKind.STRING ? value.text().trim() : value.raw();
            if (written.length() > 400) {
                return false;
            }
            BigDecimal number = new BigDecimal(written);
            if (number.signum() != 0 && Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS) {
                return false;
            }
            BigDecimal exact = number.setScale(type.scale(), RoundingMode.UNNECESSARY);
            if (exact.precision() > type.precision()) {
                return false;
            }
            if (type.precision() <= LONG_DIGITS) {
                cells.setLong(column, exact.unscaledValue().longValueExact());
            } else {
                byte[] text = exact.toPlainString().getBytes(StandardCharsets.US_ASCII);
                cells.setUtf8(column, text, 0, text.length);
            }
            return true;
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    private boolean time(int column, Simple type, JsonScanner value) {
        boolean instant = type == Simple.TIMESTAMPTZ || type == Simple.TIMESTAMP;
        if (instant && value.kind() == JsonKind.INT) {
            long millis = value.number().longValue();
            boolean fits = Math.abs(millis) < Long.MAX_VALUE / 100_000;
            if (fits) {
                cells.setLong(column, millis * 1000);
            }
            return fits;
        }
        if (value.kind() != JsonKind.STRING || value.isEscaped()) {
            return false;
        }
        int from = value.start() + 1;
        int to = value.stop() - 1;
        long read = switch (type) {
            case DATE -> times.date(value.source(), from, to);
            case TIME -> times.time(value.source(), from, to);
            default -> times.timestamp(value.source(), from, to, type == Simple.TIMESTAMPTZ);
        };
        if (read == TimeText.INVALID) {
            return false;
        }
        cells.setLong(column, read);
        return true;
    }
}
