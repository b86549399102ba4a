package dev.millrace.transform.internal.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows a model gave differ from those that were expected, as a table for people: {@code +++} before a row that
 * was not expected, {@code ---} before one that is missing, {@code →} before one with other values. The order of rows
 * does not count.
 */
final class UnitTestDiff {
    private static final int SHOWN = 50;

    private final List<String> names;
    private final List<List<String>> lines = new ArrayList<>();
    private int different;

    private UnitTestDiff(List<String> names) {
        this.names = names;
    }

    /** Compares rows of texts; null is a value of its own. */
    static UnitTestDiff of(
            List<String> names, List<List<@Nullable String>> expected, List<List<@Nullable String>> actual) {
        UnitTestDiff diff = new UnitTestDiff(names);
        List<List<@Nullable String>> missing = new ArrayList<>(expected);
        List<List<@Nullable String>> unexpected = new ArrayList<>();
        List<List<@Nullable String>> same = new ArrayList<>();
        for (List<@Nullable String> row : actual) {
            (missing.remove(row) ? same : unexpected).add(row);
        }
        diff.pair(missing, unexpected);
        missing.forEach(row -> diff.add("---", row));
        unexpected.forEach(row -> diff.add("+++", row));
        diff.different = diff.lines.size();
        same.forEach(row -> diff.add("", row));
        return diff;
    }

    /** How many rows differ. */
    int different() {
        return different;
    }

    /** Takes out the rows that are the same in most of their values, the most alike first. */
    private void pair(List<List<@Nullable String>> missing, List<List<@Nullable String>> unexpected) {
        for (int alike = names.size() - 1; alike > 0 && alike * 2 >= names.size(); alike--) {
            for (List<@Nullable String> row : List.copyOf(missing)) {
                int wanted = alike;
                unexpected.stream()
                        .filter(other -> alike(row, other) == wanted)
                        .findFirst()
                        .ifPresent(other -> {
                            missing.remove(row);
                            unexpected.remove(other);
                            changed(row, other);
                        });
            }
        }
    }

    private static int alike(List<@Nullable String> one, List<@Nullable String> other) {
        int count = 0;
        for (int i = 0; i < one.size(); i++) {
            count += java.util.Objects.equals(one.get(i), other.get(i)) ? 1 : 0;
        }
        return count;
    }

    private void changed(List<@Nullable String> expected, List<@Nullable String> actual) {
        List<String> line = new ArrayList<>(List.of("→"));
        for (int i = 0; i < expected.size(); i++) {
            String before = text(expected.get(i));
            String after = text(actual.get(i));
            line.add(before.equals(after) ? before : before + "→" + after);
        }
        lines.add(line);
    }

    private void add(String mark, List<@Nullable String> row) {
        List<String> line = new ArrayList<>(List.of(mark));
        row.forEach(value -> line.add(text(value)));
        lines.add(line);
    }

    private static String text(@Nullable String value) {
        return value == null ? "NULL" : value;
    }

    @Override
    public String toString() {
        List<List<String>> all = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("@@"));
        header.addAll(names);
        all.add(header);
        all.addAll(lines.size() > SHOWN ? lines.subList(0, SHOWN) : lines);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(header.size(), 0));
        for (List<String> line : all) {
            for (int i = 0; i < line.size(); i++) {
                widths.set(i, Math.max(widths.get(i), line.get(i).length()));
            }
        }
        StringBuilder text = new StringBuilder("actual differs from expected:\n");
        for (List<String> line : all) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                row.append(i == 0 ? "" : ",").append(line.get(i));
                if (i < line.size() - 1) {
                    row.append(" ".repeat(widths.get(i) - line.get(i).length()));
                }
            }
            text.append('\n').append(row);
        }
        if (lines.size() > SHOWN) {
            text.append("\n… and ").append(lines.size() - SHOWN).append(" more rows");
        }
        return text.toString();
    }
}
