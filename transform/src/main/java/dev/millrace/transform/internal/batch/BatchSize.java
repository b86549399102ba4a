package dev.millrace.transform.internal.batch;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much event time a batch covers (docs.getdbt.com/reference/resource-configs/batch-size). */
public enum BatchSize {
    HOUR(ChronoUnit.HOURS, "yyyy-MM-dd'T'HH"),
    DAY(ChronoUnit.DAYS, "yyyy-MM-dd"),
    MONTH(ChronoUnit.MONTHS, "yyyy-MM"),
    YEAR(ChronoUnit.YEARS, "yyyy");

    private final ChronoUnit unit;
    private final DateTimeFormatter name;

    BatchSize(ChronoUnit unit, String pattern) {
        this.unit = unit;
        this.name = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    /** Of {@code day}; an unknown word is none. */
    public static Optional<BatchSize> of(String word) {
        return Stream.of(values()).filter(size -> size.key().equals(word)).findFirst();
    }

    public static List<String> keys() {
        return Stream.of(values()).map(BatchSize::key).toList();
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The start of the batch that {@code moment} is in. */
    public LocalDateTime floor(LocalDateTime moment) {
        return switch (this) {
            case HOUR -> moment.truncatedTo(ChronoUnit.HOURS);
            case DAY -> moment.truncatedTo(ChronoUnit.DAYS);
            case MONTH -> moment.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case YEAR -> moment.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
        };
    }

    /** The first start of a batch that is not before {@code moment}. */
    public LocalDateTime ceiling(LocalDateTime moment) {
        LocalDateTime floor = floor(moment);
        return floor.equals(moment) ? moment : floor.plus(1, unit);
    }

    /** The start of the batch that is {@code count} after the one that {@code moment} is in. */
    public LocalDateTime after(LocalDateTime moment, long count) {
        return floor(moment).plus(count, unit);
    }

    /** {@code moment} moved by {@code count}, to no start of a batch. */
    public LocalDateTime move(LocalDateTime moment, long count) {
        return moment.plus(count, unit);
    }

    /** What a batch is called in file names and messages: {@code 2026-03-01}. */
    public String name(LocalDateTime start) {
        return name.format(start);
    }
}
