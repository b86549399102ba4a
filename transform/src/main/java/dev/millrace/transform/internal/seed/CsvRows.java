package dev.millrace.transform.internal.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV text whose first line names the columns. */
public final class CsvRows {
    private CsvRows() {}

    /** Each row by column; an empty field is null, a field too many is left out. */
    public static List<Map<String, @Nullable Object>> of(String text, char delimiter) {
        CsvParser parser = new CsvParser(text, delimiter);
        List<String> header = parser.hasNext() ? parser.next() : List.of();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        while (parser.hasNext()) {
            List<String> fields = parser.next();
            if (fields.size() == 1 && fields.get(0).isBlank()) {
                continue;
            }
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                String field = i < fields.size() ? fields.get(i) : "";
                row.put(header.get(i).strip(), field.isEmpty() ? null : field);
            }
            rows.add(Collections.unmodifiableMap(row));
        }
        return rows;
    }
}
