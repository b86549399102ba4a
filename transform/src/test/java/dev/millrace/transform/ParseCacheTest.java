package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.transform.internal.parse.ParsedProject.Origin;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A parse that takes what the last one came to gives what a parse of every file gives, whatever has changed. */
class ParseCacheTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private TestProject project;
    private final Map<String, String> environment = new HashMap<>();
    private Map<String, Object> vars = Map.of();
    private Optional<String> target = Optional.empty();

    /** What a parse showed to the outside. */
    private record Seen(Origin origin, JsonNode manifest, List<List<Object>> nodes, List<String> said) {}

    @BeforeEach
    void write_project() {
        project = new TestProject(folder);
        project.settings(
                "vars: {limit: 10}\nmodels: {mill: {+tags: [all]}}\non-run-start: [\"select '{{ var('limit') }}'\"]\n");
        project.file("profiles.yml", """
                mill:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: mill.duckdb, threads: 2}
                    other: {type: duckdb, path: mill.duckdb, schema: elsewhere}
                """);
        project.file("macros/amounts.sql", """
                {% macro cents(column) %}{{ column }} / {{ var('limit') }}{% endmacro %}
                {% macro zone() %}{{ env_var('ZONE', 'none') }}{% endmacro %}
                """);
        project.file("tests/generic/positive.sql", """
                {% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} < 0{% endtest %}
                """);
        project.file("models/docs.md", "{% docs grain %}One row for each sack.{% enddocs %}\n");
        describe("unique, not_null, positive", "Ann");

        project.model(
                "sacks",
                "select id, {{ cents('kg') }} as kg, '{{ zone() }}' as zone from {{ source('yard', 'sacks') }}");
        project.model("total", "{{ config(materialized='table', meta={'a': 1}) }}\nselect id from {{ ref('sacks') }}");
        project.model("undeclared", "select * from {{ source('field', 'grain') }}");
        project.file("seeds/kinds.csv", "id,name\n1,rye\n");
        project.file("snapshots/history.sql", """
                {% snapshot history %}{{ config(unique_key='id', strategy='check', check_cols='all') }}
                select * from {{ ref('sacks') }}
                {% endsnapshot %}
                """);
        project.file("dbt_packages/tools/dbt_project.yml", "name: tools\nversion: '1.0'\n");
        project.file("dbt_packages/tools/macros/m.sql", "{% macro tool() %}1{% endmacro %}\n");
    }

    /** Always of the same resources. */
    private void describe(String tests, String owner) {
        project.file("models/schema.yml", """
                sources:
                  - name: yard
                    tables:
                      - name: sacks
                        columns: [{name: id, data_tests: [unique]}]
                models:
                  - name: sacks
                    description: "{{ doc('grain') }}"
                    columns:
                      - name: id
                        data_tests: [%1$s]
                  - name: total
                    config: {tags: ["{{ env_var('TEAM', 'millers') }}"]}
                    data_tests:
                      - relationships: {arguments: {to: ref('sacks'), field: id}, column_name: id}
                exposures:
                  - {name: board, type: dashboard, owner: {name: %2$s}, depends_on: [ref('total')]}
                unit_tests:
                  - name: adds_up
                    model: total
                    given: [{input: ref('sacks'), rows: [{id: 1, kg: 2}]}]
                    expect: {rows: [{id: 1}]}
                groups:
                  - {name: millers, owner: {name: Ann}}
                """.formatted(tests, owner));
    }

    @Test
    void an_unchanged_project_is_not_read_again() {
        parse();
        settle();
        parse();
        assertThat(parse().origin()).isEqualTo(Origin.CACHE);
        assertThat(cold().origin()).isEqualTo(Origin.FILES);
    }

    @Test
    void what_is_known_is_what_was_parsed() {
        Seen parsed = parse();
        settle();
        parse();
        Seen known = parse();

        assertThat(known.origin()).isEqualTo(Origin.CACHE);
        assertThat(known.manifest()).isEqualTo(parsed.manifest());
        assertThat(known.nodes()).isEqualTo(parsed.nodes());
    }

    @Test
    void a_known_project_builds() {
        project.sql("create schema yard").sql("create table yard.sacks as select 1 as id, 20 as kg");
        project.file("models/undeclared.sql", "select * from {{ ref('kinds') }}");
        project.build().succeeded();
        settle();
        parse();
        assertThat(parse().origin()).isEqualTo(Origin.CACHE);

        project.build().succeeded();

        assertThat(project.rows("select id, kg from sacks")).containsExactly("[1, 2.0]");
    }

    @Test
    void a_change_of_the_same_length_at_the_same_time_of_day_is_noticed() throws IOException {
        Path model = folder.resolve("models/total.sql");
        parse();
        settle();
        parse();
        FileTime time = Files.getLastModifiedTime(model);
        project.model("total", "{{ config(materialized='table', meta={'a': 2}) }}\nselect id from {{ ref('sacks') }}");
        Files.setLastModifiedTime(model, time);

        same();
    }

    @Test
    void after_a_change_only_what_it_concerns_is_read_again() {
        parse();
        settle();
        parse();
        project.model("total", "{{ config(tags=['new']) }}\nselect id from {{ ref('undeclared') }}");
        assertThat(same().origin()).isEqualTo(Origin.CHANGED_FILES);
        settle();
        same();

        describe("unique", "Bob");
        assertThat(same().origin()).isEqualTo(Origin.CHANGED_FILES);
    }

    @Test
    void macros_docs_and_new_files_concern_everything() {
        for (String file : List.of("macros/amounts.sql", "models/docs.md", "tests/generic/positive.sql")) {
            parse();
            settle();
            parse();
            project.file(file, project.read(file).replace("}}", " }}") + " ");
            assertThat(same().origin()).as(file).isEqualTo(Origin.FILES);
        }
        settle();
        parse();
        project.model("fresh", "select 1 as id");
        assertThat(same().origin()).isEqualTo(Origin.FILES);
    }

    @Test
    void a_variable_of_the_environment_counts_only_if_it_is_asked_for() {
        parse();
        settle();
        parse();
        environment.put("UNHEARD", "of");
        assertThat(parse().origin()).isEqualTo(Origin.CACHE);

        environment.put("ZONE", "north");
        assertThat(parse().origin()).isEqualTo(Origin.FILES);
        assertThat(parse().origin()).isEqualTo(Origin.CACHE);
        environment.remove("ZONE");
        assertThat(parse().origin()).isEqualTo(Origin.FILES);
    }

    @Test
    void what_tells_another_thing_each_time_is_never_known() {
        project.model("now", "select '{{ run_started_at }}' as at");
        parse();
        settle();
        parse();
        assertThat(parse().origin()).isEqualTo(Origin.FILES);
    }

    @Test
    void a_project_with_problems_is_not_kept() {
        project.model("broken", "select * from {{ ref('nothing') }}");
        Seen first = parse();
        settle();
        Seen second = parse();

        assertThat(second.origin()).isEqualTo(Origin.FILES);
        assertThat(second.said()).isEqualTo(first.said()).anyMatch(text -> text.contains("nothing"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 100, 1000, 5000})
    void a_broken_cache_is_as_good_as_none(int at) throws IOException {
        parse();
        settle();
        parse();
        Path file = folder.resolve("target/millrace/parse.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[Math.min(at, bytes.length - 1)] ^= 1;
        Files.write(file, bytes);

        assertThat(same().origin()).isEqualTo(Origin.FILES);
        Files.write(file, java.util.Arrays.copyOf(bytes, Math.min(at, bytes.length)));
        same();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void any_edits_show_as_they_do_without_a_cache(long seed) {
        Random random = new Random(seed);
        Edits edits = new Edits(random);
        List<Origin> seen = new ArrayList<>();
        for (int round = 0; round < 25; round++) {
            int count = random.nextInt(3);
            for (int i = 0; i < count; i++) {
                edits.one();
            }
            if (random.nextInt(3) > 0) {
                settle();
            }
            seen.add(same().origin());
        }
        assertThat(seen).contains(Origin.values());
    }

    /** Random edits of everything that a parse depends on, sound and unsound ones. */
    private final class Edits {
        private final Random random;
        private int count;

        Edits(Random random) {
            this.random = random;
        }

        void one() {
            count++;
            String extra = "extra_" + random.nextInt(3);
            switch (random.nextInt(26)) {
                case 0 ->
                    project.model("total", "{{ config(tags=['t" + count + "']) }}\nselect id from {{ ref('sacks') }}");
                case 1 -> project.model(extra, "select {{ tools.tool() }} as n" + count + " from {{ ref('total') }}");
                case 2 -> delete("models/" + extra + ".sql");
                case 3 -> rename("models/" + extra + ".sql", "models/renamed_" + random.nextInt(2) + ".sql");
                case 4 -> project.file("macros/amounts.sql", """
                            {%% macro cents(column) %%}{{ column }} * %d{%% endmacro %%}
                            {%% macro zone() %%}{{ env_var('ZONE', 'z%d') }}{%% endmacro %%}
                            """.formatted(count, count));
                case 5 -> project.file("macros/naming.sql", """
                            {%% macro generate_alias_name(custom_alias_name=none, node=none) %%}%s_{{ node.name }}{%% endmacro %%}
                            """.formatted("a" + count));
                case 6 -> delete("macros/naming.sql");
                case 7 -> project.file("models/docs.md", "{% docs grain %}Grain " + count + ".{% enddocs %}\n");
                case 8 ->
                    project.file(
                            "models/more.yml",
                            "models:\n  - name: " + extra + "\n    description: d" + count
                                    + "\n    columns: [{name: n, data_tests: [not_null]}]\n");
                case 9 -> delete("models/more.yml");
                case 10 -> environment.put(random.nextBoolean() ? "ZONE" : "TEAM", "v" + random.nextInt(3));
                case 11 -> vars = random.nextBoolean() ? Map.of() : Map.of("limit", random.nextInt(5));
                case 12 -> target = random.nextBoolean() ? Optional.empty() : Optional.of("other");
                case 13 ->
                    project.settings("vars: {limit: " + random.nextInt(9)
                            + "}\nmodels: {mill: {+tags: [\"{{ env_var('TEAM', 'none') }}\"]}}\n");
                case 14 ->
                    project.file("dbt_packages/tools/macros/m.sql", "{% macro tool() %}" + count + "{% endmacro %}\n");
                case 15 -> describe(random.nextBoolean() ? "unique" : "not_null, positive", "Ann" + count);
                case 16 ->
                    project.model(
                            "total",
                            "{{ config(enabled=" + (random.nextBoolean() ? "true" : "false")
                                    + ") }}\nselect id from {{ ref('sacks') }}");
                case 17 ->
                    project.file("snapshots/history.sql", """
                            {%% snapshot %s %%}{{ config(unique_key='id', strategy='check', check_cols=['c%d']) }}
                            select * from {{ ref('sacks') }}
                            {%% endsnapshot %%}
                            """.formatted(
                                    random.nextInt(3) == 0 ? "other" : "history", count));
                case 18 -> project.file("tests/single.sql", "select " + count + " from {{ ref('sacks') }} where false");
                case 19 -> project.model("sacks", "select " + count + " as id, 1 as kg -- {{ env_var('ZONE', 'x') }}");
                case 20 -> project.model("undeclared", "select * from {{ source('yard', 'sacks') }} -- " + count);
                case 21 -> project.model("undeclared", "select * from {{ source('field', 'f" + count + "') }}");
                case 22 -> project.model("undeclared", "select '{{ run_started_at }}' as at" + count);
                case 23 ->
                    project.model(
                            "sacks", "select 1 as id, 1 as kg from {{ ref('nowhere" + random.nextInt(2) + "') }}");
                case 24 -> project.model("sacks", "select 1 as id, 1 as kg");
                default -> project.file("seeds/kinds.csv", "id,name\n1,rye" + random.nextInt(3) + "\n");
            }
        }

        private void delete(String path) {
            ParseCacheTest.delete(folder.resolve(path));
        }

        private void rename(String from, String to) {
            try {
                if (Files.exists(folder.resolve(from))) {
                    Files.move(
                            folder.resolve(from),
                            folder.resolve(to),
                            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Parses with what is known and without: both must see the same. @return the former */
    private Seen same() {
        Seen known = parse();
        // What the next one goes on from is what this one kept.
        Path cache = folder.resolve("target/millrace/parse.bin");
        Optional<byte[]> kept = read(cache);
        Seen cold = cold();
        kept.ifPresentOrElse(bytes -> write(cache, bytes), () -> delete(cache));
        assertThat(known.said()).isEqualTo(cold.said());
        assertThat(known.nodes()).isEqualTo(cold.nodes());
        assertThat(known.manifest()).isEqualTo(cold.manifest());
        return known;
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Seen cold() {
        environment.put("DBT_PARTIAL_PARSE", "false");
        try {
            return parse();
        } finally {
            environment.remove("DBT_PARTIAL_PARSE");
        }
    }

    private Seen parse() {
        Project loaded = ProjectLoader.load(new Invocation(
                "parse",
                folder,
                Optional.empty(),
                Optional.empty(),
                target,
                new HashMap<>(vars),
                Optional.empty(),
                false,
                environment));
        try (Warehouses warehouses = new Warehouses(loaded)) {
            TransformLayer layer = new TransformLayer(warehouses);
            GraphBuilder builder = new GraphBuilder();
            layer.contribute(loaded, builder);
            List<String> said = new ArrayList<>();
            layer.warnings().forEach(warning -> said.add(text(warning)));
            List<List<Object>> nodes = new ArrayList<>();
            try {
                builder.build().nodes().forEach(node -> nodes.add(parts(node)));
            } catch (ProblemsException problems) {
                problems.problems().forEach(problem -> said.add(text(problem)));
            } catch (MillraceException problem) {
                said.add(text(problem));
            }
            return new Seen(layer.parsed().origin(), manifest(new ManifestWriter(layer).write()), nodes, said);
        }
    }

    private static String text(MillraceException problem) {
        return problem.position() + " " + problem.code() + " " + problem.text() + " " + problem.hint();
    }

    private static List<Object> parts(Node node) {
        return List.of(
                node.id(),
                node.position(),
                node.inputs(),
                node.tags(),
                node.fqn(),
                node.description(),
                node.config(),
                node.attributes(),
                node.relation(),
                node.writesRelation());
    }

    /** Without what is another in each run. */
    private static JsonNode manifest(Path file) {
        try {
            JsonNode json = JSON.readTree(file.toFile());
            ((ObjectNode) json.get("metadata"))
                    .remove(List.of("generated_at", "invocation_id", "invocation_started_at"));
            json.findParents("created_at").forEach(parent -> ((ObjectNode) parent).remove("created_at"));
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a further change of any file would have a later time than now. */
    private static void settle() {
        Instant last = Instant.now();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Instant.now().isAfter(last.plusMillis(150)));
    }
}
