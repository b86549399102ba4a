package dev.millrace.cli.listing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.cli.console.Columns;
import dev.millrace.cli.console.Style;
import dev.millrace.warehouse.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer of the warehouse as a grid for people or as JSON for programs. */
public final class TableText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int WIDEST_CELL = 40;

    private TableText() {}

    /**
     * The grid.
     *
     * @param width columns of the terminal; cells that do not fit are cut, and columns that do not fit are named below
     */
    public static List<String> grid(Table table, int width, Style style) {
        int columns = table.columns().size();
        List<List<String>> cells = new ArrayList<>();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            widths[i] = Columns.width(table.columns().get(i).name());
        }
        for (List<@Nullable Object> row : table.rows()) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                String text = Columns.fit(cell(row.get(i)), Math.max(WIDEST_CELL, widths[i]), style);
                texts.add(text);
                widths[i] = Math.max(widths[i], Columns.width(text));
                numeric[i] |= row.get(i) instanceof Number;
            }
            cells.add(texts);
        }
        int shown = fitting(widths, width);
        List<String> lines = new ArrayList<>();
        List<String> names =
                table.columns().stream().map(column -> column.name()).toList();
        lines.add(style.bold(line(names, widths, numeric, shown)));
        StringBuilder rule = new StringBuilder("|");
        for (int i = 0; i < shown; i++) {
            rule.append(" ").append("-".repeat(widths[i])).append(" |");
        }
        lines.add(style.dim(rule.toString()));
        cells.forEach(row -> lines.add(line(row, widths, numeric, shown)));
        if (shown < columns) {
            lines.add(style.dim(
                    "and " + (columns - shown) + " more: " + String.join(", ", names.subList(shown, columns))));
        }
        return lines;
    }

    /** The rows as a JSON array of objects. */
    public static String json(Table table) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartArray();
            for (List<@Nullable Object> row : table.rows()) {
                json.writeStartObject();
                for (int i = 0; i < table.columns().size(); i++) {
                    json.writeFieldName(table.columns().get(i).name());
                    JsonValues.write(json, row.get(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static int fitting(int[] widths, int width) {
        int used = 1;
        for (int i = 0; i < widths.length; i++) {
            used += widths[i] + 3;
            if (used > width && i > 0) {
                return i;
            }
        }
        return widths.length;
    }

    private static String line(List<String> texts, int[] widths, boolean[] numeric, int shown) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < shown; i++) {
            String text = texts.get(i);
            String padding = " ".repeat(widths[i] - Columns.width(text));
            line.append(' ')
                    .append(numeric[i] ? padding + text : text + padding)
                    .append(" |");
        }
        return line.toString();
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof byte[] bytes
                ? "0x" + HexFormat.of().formatHex(bytes)
                : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        return text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
    }
}
