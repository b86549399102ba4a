package dev.millrace.transform.internal.seed;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A seed's file, read.
 *
 * @param types of the columns, by name, in order: as configured or as found
 */
record SeedFile(Map<String, String> types, List<List<String>> rows) {
    static SeedFile read(Resource seed) {
        Path path = seed.identity().owner().root().resolve(seed.identity().originalPath());
        String display = seed.identity().display();
        String text;
        try {
            text = Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot read the seed: " + e.getMessage(),
                    Position.ofFile(display),
                    null,
                    e);
        }
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String delimiter = seed.config().text("delimiter", ",");
        CsvParser parser = new CsvParser(clean, delimiter.isEmpty() ? ',' : delimiter.charAt(0));
        if (!parser.hasNext()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "the seed is empty: its first line must name the columns",
                    Position.ofFile(display),
                    null,
                    null);
        }
        List<String> header = header(parser.next(), display);
        List<List<String>> rows = new ArrayList<>();
        while (parser.hasNext()) {
            int line = parser.line();
            List<String> row = parser.next();
            if (row.size() == 1 && row.get(0).isEmpty()) {
                continue;
            }
            if (row.size() > header.size()) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the row has " + row.size() + " values, but the seed has " + header.size() + " columns",
                        new Position(display, line, 1),
                        "Put a value that holds the delimiter in double quotes.",
                        null);
            }
            rows.add(row);
        }
        return new SeedFile(types(header, rows, seed), rows);
    }

    private static List<String> header(List<String> names, String display) {
        List<String> header = names.stream().map(String::strip).toList();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            boolean repeated = header.subList(0, i).stream().anyMatch(name::equalsIgnoreCase);
            if (name.isEmpty() || repeated) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        name.isEmpty() ? "column " + (i + 1) + " has no name" : "two columns are named '" + name + "'",
                        new Position(display, 1, 1),
                        "Give every column a name of its own in the first line.",
                        null);
            }
        }
        return header;
    }

    private static Map<String, String> types(List<String> header, List<List<String>> rows, Resource seed) {
        Map<String, String> configured = configured(seed.config());
        Map<String, String> types = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String given = configured.get(header.get(i).toLowerCase(Locale.ROOT));
            types.put(header.get(i), given == null ? ColumnType.of(rows, i) : given);
        }
        return types;
    }

    private static Map<String, String> configured(Config config) {
        Map<String, String> types = new LinkedHashMap<>();
        config.map("column_types")
                .forEach(
                        (name, type) -> types.put(String.valueOf(name).toLowerCase(Locale.ROOT), String.valueOf(type)));
        return types;
    }
}
