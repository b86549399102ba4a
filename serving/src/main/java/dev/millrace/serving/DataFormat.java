package dev.millrace.serving;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How rows are written for a program. */
public enum DataFormat {
    /** One array of objects. */
    JSON("application/json", "json"),
    /** One object per line. */
    NDJSON("application/x-ndjson", "ndjson"),
    /** RFC 4180, with a header. */
    CSV("text/csv", "csv"),
    /** Arrow's IPC streaming format. */
    ARROW("application/vnd.apache.arrow.stream", "arrows"),
    PARQUET("application/vnd.apache.parquet", "parquet");

    private final String contentType;
    private final String extension;

    DataFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    /** The media type, with the encoding where it is text. */
    public String contentType() {
        return this == CSV ? contentType + "; charset=utf-8; header=present" : contentType;
    }

    /** The usual ending of a file's name, without the dot. */
    public String extension() {
        return extension;
    }

    /** The format of that name in any case; REQUEST_INVALID for another. */
    public static DataFormat named(String name) {
        for (DataFormat format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        List<String> names = Arrays.stream(values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .toList();
        throw new MillraceException(
                ErrorCode.REQUEST_INVALID, "no format '" + name + "'", null, Suggestion.hint(name, names), null);
    }

    /**
     * The format an HTTP {@code Accept} header likes best; JSON if it takes anything.
     *
     * @return empty if it takes none of them
     */
    public static Optional<DataFormat> accepted(String header) {
        List<Range> ranges = new ArrayList<>();
        for (String part : header.split(",")) {
            Range range = Range.parse(part);
            if (range.quality > 0) {
                ranges.add(range);
            }
        }
        ranges.sort(Comparator.comparingDouble((Range range) -> range.quality).reversed());
        return ranges.stream()
                .flatMap(range -> Arrays.stream(values()).filter(range::takes).limit(1))
                .findFirst();
    }

    private record Range(String type, double quality) {
        static Range parse(String text) {
            String[] parts = text.split(";");
            double quality = 1;
            for (String parameter : parts) {
                String trimmed = parameter.strip().toLowerCase(Locale.ROOT);
                if (trimmed.matches("q=[01](\\.\\d{0,3})?")) {
                    quality = Double.parseDouble(trimmed.substring(2));
                }
            }
            return new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality);
        }

        boolean takes(DataFormat format) {
            String own = format.contentType;
            return type.equals("*/*")
                    || type.equals(own)
                    || (type.endsWith("/*") && own.startsWith(type.substring(0, type.length() - 1)))
                    || (type.equals("application/jsonl") && format == NDJSON);
        }
    }
}
