package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes snapshots of tables that change at random, in every combination of settings, and compares what they come to
 * with what dbt has made of the same changes: see the README beside the files.
 */
final class SnapshotHistoriesTest {
    @TempDir
    Path folder;

    @Test
    void every_combination_of_settings_comes_to_what_dbt_makes_of_it() {
        TestProject project = new TestProject(folder).file("snapshots/all.sql", file("snapshots.sql"));
        for (String step : file("steps.sql").split("\n--\n")) {
            project.sql(step);
            project.build().succeeded();
        }
        String expected = file("expected.txt");
        StringBuilder actual = new StringBuilder();
        project.session(session -> expected.lines()
                .filter(line -> !line.startsWith(" "))
                .forEach(name -> describe(session, name, actual)));
        assertThat(actual.toString()).isEqualTo(expected);
    }

    private static void describe(Session session, String name, StringBuilder text) {
        List<String> columns = session.query("select * from " + name + " limit 0").columns().stream()
                .map(Column::name)
                .toList();
        List<String> texts = columns.stream()
                .map(column -> "coalesce(\"" + column + "\"::varchar, 'None')")
                .toList();
        List<List<String>> rows = new ArrayList<>();
        session.query("select " + String.join(", ", texts) + " from " + name)
                .rows()
                .forEach(row -> rows.add(row.stream().map(String::valueOf).toList()));
        Map<String, String> runs = runs(columns, rows);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> parts = new ArrayList<>();
            boolean timed = false;
            for (int i = 0; i < columns.size(); i++) {
                String column = columns.get(i);
                if (!column.equals("dbt_scd_id")) {
                    parts.add(column + "=" + runs.getOrDefault(row.get(i), row.get(i)));
                }
                timed |= column.equals("dbt_updated_at") && runs.containsKey(row.get(i));
            }
            if (!timed) {
                parts.add("scd=" + row.get(columns.indexOf("dbt_scd_id")));
            }
            lines.add("  " + String.join(", ", parts));
        }
        lines.sort(null);
        text.append(name).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
    }

    /** The times of runs, which differ each time, by their order. */
    private static Map<String, String> runs(List<String> columns, List<List<String>> rows) {
        TreeSet<String> times = new TreeSet<>();
        for (List<String> row : rows) {
            for (String column : List.of("dbt_valid_from", "dbt_valid_to", "dbt_updated_at")) {
                String time = row.get(columns.indexOf(column));
                if (time.compareTo("2021") > 0 && time.compareTo("9000") < 0) {
                    times.add(time);
                }
            }
        }
        Map<String, String> runs = new HashMap<>();
        times.forEach(time -> runs.put(time, "run " + runs.size()));
        return runs;
    }

    private static String file(String name) {
        try (InputStream in = SnapshotHistoriesTest.class.getResourceAsStream("/dbt-snapshots/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
