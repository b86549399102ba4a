package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way a project can be wrong has a code, a place and, where one can be guessed, advice. */
class BadProjectsTest {
    @TempDir
    private Path folder;

    /**
     * A broken project and what is said of it.
     *
     * @param place the beginning of {@code file:line:column}; empty where there is none
     * @param part of the message or the advice
     */
    record Case(String name, Map<String, String> files, String code, String place, String part) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case bad(String name, String code, String place, String part, String... files) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < files.length; i += 2) {
            all.put(files[i], files[i + 1]);
        }
        return new Case(name, all, code, place, part);
    }

    static Stream<Case> templates() {
        return Stream.of(
                bad(
                        "unknown source",
                        "SOURCE_NOT_FOUND",
                        "models/b.sql:1:18",
                        "Declare it",
                        "models/b.sql",
                        "select * from {{ source('x', 'y') }}"),
                bad(
                        "ref with a number",
                        "TEMPLATE_FAILED",
                        "models/b.sql:1:",
                        "ref",
                        "models/b.sql",
                        "select * from {{ ref(1) }}"),
                bad(
                        "ref without a name",
                        "TEMPLATE_FAILED",
                        "models/b.sql:1:",
                        "ref",
                        "models/b.sql",
                        "select * from {{ ref() }}"),
                bad(
                        "ref of a disabled model",
                        "REF_NOT_FOUND",
                        "models/b.sql:1:",
                        "disabled",
                        "models/a.sql",
                        "{{ config(enabled=false) }} select 1",
                        "models/b.sql",
                        "select * from {{ ref('a') }}"),
                bad(
                        "ref of an unknown version",
                        "REF_NOT_FOUND",
                        "models/b.sql:1:",
                        "version",
                        "models/a_v1.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, versions: [{v: 1}]}]",
                        "models/b.sql",
                        "select * from {{ ref('a', v=3) }}"),
                bad(
                        "a cycle",
                        "GRAPH_CYCLE",
                        "models/",
                        "Remove one of these",
                        "models/a.sql",
                        "select * from {{ ref('b') }}",
                        "models/b.sql",
                        "select * from {{ ref('a') }}"),
                bad(
                        "a model that reads itself",
                        "GRAPH_CYCLE",
                        "models/a.sql",
                        "Remove one of these",
                        "models/a.sql",
                        "select * from {{ ref('a') }}"),
                bad(
                        "two models of one name",
                        "NODE_DUPLICATE",
                        "models/",
                        "models/x/a.sql",
                        "models/x/a.sql",
                        "select 1",
                        "models/y/a.sql",
                        "select 1"),
                bad(
                        "two models of one relation",
                        "RELATION_TWO_WRITERS",
                        "models/",
                        "main.a",
                        "models/a.sql",
                        "select 1",
                        "models/b.sql",
                        "{{ config(alias='a') }} select 1"),
                bad(
                        "an open block",
                        "TEMPLATE_SYNTAX",
                        "models/a.sql:2:",
                        "endif",
                        "models/a.sql",
                        "select 1\n{% if true %}"),
                bad("an open expression", "TEMPLATE_SYNTAX", "models/a.sql:1:", "", "models/a.sql", "select {{ 1 "),
                bad(
                        "an unknown tag",
                        "TEMPLATE_SYNTAX",
                        "models/a.sql:1:",
                        "unknown tag 'iff'",
                        "models/a.sql",
                        "{% iff true %}{% endif %}"),
                bad(
                        "a macro with an argument too many",
                        "TEMPLATE_FAILED",
                        "m.sql",
                        "cents",
                        "macros/m.sql",
                        "{% macro cents(c) %}{% endmacro %}",
                        "models/a.sql",
                        "select {{ cents(1, 2) }}"),
                bad(
                        "a macro with an unknown argument",
                        "TEMPLATE_FAILED",
                        "m.sql",
                        "scale",
                        "macros/m.sql",
                        "{% macro cents(c) %}{% endmacro %}",
                        "models/a.sql",
                        "select {{ cents(1, scale=2) }}"),
                bad(
                        "two macros of one name",
                        "NODE_DUPLICATE",
                        "macros/",
                        "macros/",
                        "macros/m.sql",
                        "{% macro a() %}{% endmacro %}",
                        "macros/n.sql",
                        "{% macro a() %}{% endmacro %}"),
                bad(
                        "an unclosed macro",
                        "TEMPLATE_SYNTAX",
                        "macros/m.sql:1:",
                        "endmacro",
                        "macros/m.sql",
                        "{% macro a() %}x"),
                bad(
                        "a missing variable",
                        "VAR_MISSING",
                        "models/a.sql:1:",
                        "day",
                        "models/a.sql",
                        "select {{ var('day') }}"),
                bad(
                        "a missing environment variable",
                        "ENV_VAR_MISSING",
                        "models/a.sql:1:",
                        "NO_SUCH_THING",
                        "models/a.sql",
                        "select {{ env_var('NO_SUCH_THING') }}"),
                bad(
                        "an error raised",
                        "TEMPLATE_FAILED",
                        "models/a.sql:1:",
                        "not today",
                        "models/a.sql",
                        "{{ exceptions.raise_compiler_error('not today') }}"),
                bad(
                        "a wrong type",
                        "TEMPLATE_FAILED",
                        "models/a.sql:1:",
                        "unsupported operand",
                        "models/a.sql",
                        "select {{ 1 + 'a' }}"),
                bad(
                        "endless recursion",
                        "TEMPLATE_FAILED",
                        "",
                        "recursion",
                        "macros/m.sql",
                        "{% macro a() %}{{ a() }}{% endmacro %}",
                        "models/a.sql",
                        "{{ a() }}"),
                bad(
                        "an endless range",
                        "TEMPLATE_FAILED",
                        "models/a.sql:1:",
                        "",
                        "models/a.sql",
                        "{% for i in range(10**12) %}{% endfor %}"),
                bad(
                        "a huge text",
                        "TEMPLATE_FAILED",
                        "models/a.sql:1:",
                        "too large",
                        "models/a.sql",
                        "{{ 'a' * 10**10 }}"),
                bad(
                        "a doubling text",
                        "TEMPLATE_FAILED",
                        "models/a.sql:1:",
                        "too large",
                        "models/a.sql",
                        "{% set n = namespace(t='aaaa') %}{% for i in range(99) %}{% set n.t = n.t ~ n.t %}{% endfor %}"));
    }

    static Stream<Case> properties() {
        return Stream.of(
                bad("a tab", "YAML_SYNTAX", "models/a.yml:2:", "tabs", "models/a.yml", "models:\n\t- name: a"),
                bad(
                        "bad indentation",
                        "YAML_SYNTAX",
                        "models/a.yml:3:",
                        "indentation",
                        "models/a.yml",
                        "models:\n  - name: a\n   description: b"),
                bad("an unclosed quote", "YAML_SYNTAX", "models/a.yml:", "", "models/a.yml", "models:\n  - name: \"a"),
                bad("a list for a mapping", "CONFIG_INVALID", "models/a.yml:1:1", "mapping", "models/a.yml", "- a"),
                bad("a text for a list", "CONFIG_INVALID", "models/a.yml:1:", "list", "models/a.yml", "models: a"),
                bad(
                        "two patches of one model",
                        "NODE_DUPLICATE",
                        "models/",
                        "a",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a}, {name: a}]"),
                bad(
                        "an unknown test",
                        "MACRO_NOT_FOUND",
                        "models/a.yml:1:",
                        "unique",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, columns: [{name: b, tests: [uniqe]}]}]"),
                bad(
                        "a test that is a number",
                        "CONFIG_INVALID",
                        "models/a.yml:1:",
                        "test",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, columns: [{name: b, tests: [5]}]}]"),
                bad(
                        "relationships to nothing",
                        "REF_NOT_FOUND",
                        "models/a.yml:1:",
                        "zz",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, columns: [{name: b, tests: [{relationships: {to: ref('zz'), field: id}}]}]}]"),
                bad(
                        "an exposure of an unknown type",
                        "CONFIG_INVALID",
                        "models/a.yml:1:",
                        "Did you mean 'dashboard'",
                        "models/a.yml",
                        "exposures: [{name: e, type: dashbord, owner: {name: n}}]"),
                bad(
                        "an unknown severity",
                        "CONFIG_INVALID",
                        "models/a.yml:1:",
                        "Did you mean 'error'",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, columns: [{name: b, tests: [{unique: {config: {severity: eror}}}]}]}]"),
                bad(
                        "an unknown severity of a test's own file",
                        "CONFIG_INVALID",
                        "tests/t.sql:1:",
                        "must be error or warn",
                        "tests/t.sql",
                        "{{ config(severity='fatal') }} select 1"),
                bad(
                        "a test with a wrong argument",
                        "TEMPLATE_FAILED",
                        "models/a.yml:1:",
                        "Did you mean 'values'",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, columns: [{name: b, tests: [{accepted_values: {valuees: [1]}}]}]}]"),
                bad(
                        "a project's own test with a wrong argument",
                        "TEMPLATE_FAILED",
                        "",
                        "lowest",
                        "tests/generic/above.sql",
                        "{% test above(model, least) %}select 1{% endtest %}",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, tests: [{above: {lowest: 1}}]}]"),
                bad(
                        "a column without a name",
                        "CONFIG_MISSING",
                        "models/a.yml:1:",
                        "name",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, columns: [{description: b}]}]"),
                bad(
                        "a source table declared twice",
                        "NODE_DUPLICATE",
                        "models/a.yml:1:",
                        "Merge the two entries",
                        "models/a.yml",
                        "sources: [{name: raw, tables: [{name: t}, {name: t}]}]"),
                bad(
                        "an unclosed docs block",
                        "TEMPLATE_SYNTAX",
                        "models/a.md:2:1",
                        "Missing end of docs block",
                        "models/a.md",
                        "{% docs a %}{% enddocs %}\n{% docs b %} x"),
                bad(
                        "two docs blocks of one name",
                        "NODE_DUPLICATE",
                        "models/a.md:1:",
                        "Rename one",
                        "models/a.md",
                        "{% docs a %}{% enddocs %}{% docs a %}{% enddocs %}"),
                bad(
                        "an exposure of nothing",
                        "REF_NOT_FOUND",
                        "models/a.yml:1:",
                        "zz",
                        "models/a.yml",
                        "exposures: [{name: e, type: dashboard, owner: {name: n}, depends_on: [ref('zz')]}]"),
                bad(
                        "a unit test of nothing",
                        "REF_NOT_FOUND",
                        "models/a.yml:1:",
                        "zz",
                        "models/a.yml",
                        "unit_tests: [{name: u, model: zz, given: [], expect: {rows: []}}]"),
                bad(
                        "a given that is no input",
                        "REF_NOT_FOUND",
                        "models/a.yml:1:",
                        "zz",
                        "models/a.sql",
                        "select 1",
                        "models/a.yml",
                        "unit_tests: [{name: u, model: a, given: [{input: ref('zz'), rows: []}], expect: {rows: []}}]"),
                bad(
                        "an unknown group",
                        "CONFIG_INVALID",
                        "models/",
                        "finance",
                        "models/a.sql",
                        "{{ config(group='finance') }} select 1"),
                bad(
                        "a freshness of an unknown period",
                        "CONFIG_INVALID",
                        "models/a.yml:1:",
                        "period",
                        "models/a.yml",
                        "sources: [{name: raw, freshness: {warn_after: {count: 1, period: dya}}, tables: [{name: t}]}]"),
                bad(
                        "a recursive alias",
                        "YAML_SYNTAX",
                        "models/a.yml:",
                        "alias",
                        "models/a.yml",
                        "models: &m\n  - name: a\n    meta: *m"),
                bad("a bomb of aliases", "YAML_SYNTAX", "models/a.yml", "", "models/a.yml", bomb()),
                bad("deep nesting", "YAML_SYNTAX", "models/a.yml", "", "models/a.yml", "models: " + "[".repeat(20000)),
                bad("a key that is a list", "YAML_SYNTAX", "models/a.yml:1:", "key", "models/a.yml", "? [a]\n: b"));
    }

    static Stream<Case> projectFiles() {
        return Stream.of(
                bad(
                        "a project without a name",
                        "CONFIG_MISSING",
                        "dbt_project.yml",
                        "name",
                        "dbt_project.yml",
                        "version: '1'\nprofile: library"),
                bad(
                        "an unknown profile",
                        "PROFILE_NOT_FOUND",
                        "dbt_project.yml:2:",
                        "library",
                        "dbt_project.yml",
                        "name: library\nprofile: libary"),
                bad(
                        "an unknown target",
                        "TARGET_NOT_FOUND",
                        "profiles.yml:1:",
                        "dev",
                        "profiles.yml",
                        "library: {target: dve, outputs: {dev: {type: duckdb}}}"),
                bad(
                        "an unknown adapter",
                        "ADAPTER_NOT_FOUND",
                        "profiles.yml:1:",
                        "duckdb",
                        "profiles.yml",
                        "library: {target: dev, outputs: {dev: {type: dukdb}}}"),
                bad(
                        "a profile without outputs",
                        "CONFIG_MISSING",
                        "profiles.yml:1:",
                        "outputs",
                        "profiles.yml",
                        "library: {target: dev}"),
                bad(
                        "threads that are no number",
                        "CONFIG_INVALID",
                        "profiles.yml:1:",
                        "threads",
                        "profiles.yml",
                        "library: {target: dev, outputs: {dev: {type: duckdb, threads: many}}}"),
                bad(
                        "paths that are no list",
                        "CONFIG_INVALID",
                        "dbt_project.yml:3:",
                        "model-paths",
                        "dbt_project.yml",
                        "name: library\nprofile: library\nmodel-paths: {a: b}"),
                bad(
                        "packages that are no list",
                        "CONFIG_INVALID",
                        "packages.yml:1:",
                        "packages",
                        "packages.yml",
                        "packages: {a: b}"),
                bad(
                        "a bad selector that nothing uses",
                        "SELECTOR_INVALID",
                        "selectors.yml:1:",
                        "Did you mean 'method'",
                        "selectors.yml",
                        "selectors: [{name: s, definition: {methd: tag, value: x}}]"),
                bad(
                        "a bad schedule",
                        "CONFIG_INVALID",
                        "pipelines.yml:1:",
                        "schedule",
                        "pipelines.yml",
                        "pipelines: [{name: p, select: [a], schedule: 'every now and then'}]"),
                bad(
                        "bytes that are no UTF-8",
                        "CONFIG_INVALID",
                        "models/a.yml",
                        "UTF-8",
                        "models/a.yml",
                        "\u0000latin"));
    }

    private static String bomb() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(8))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        return text.toString();
    }

    private Said parse(Case bad) throws IOException {
        SmallProject project = SmallProject.in(folder);
        for (Map.Entry<String, String> file : bad.files().entrySet()) {
            project.file(file.getKey(), file.getValue());
            if (file.getValue().endsWith("\u0000latin")) {
                Files.write(folder.resolve(file.getKey()), "models: # caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return new Terminal(folder).run("parse");
    }

    @ParameterizedTest
    @MethodSource({"templates", "properties", "projectFiles"})
    void each_has_a_code_a_place_and_advice(Case bad) throws IOException {
        Said said = parse(bad);

        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(2);
        assertThat(said.err())
                .contains("error[" + bad.code() + "]")
                .contains(bad.part())
                .doesNotContain("INTERNAL")
                .doesNotContain("at dev.millrace");
        if (!bad.place().isEmpty()) {
            assertThat(said.err()).containsPattern("--> \\S*" + java.util.regex.Pattern.quote(bad.place()));
        }
    }

    /** What is told of a project that is sound but for what may never be used. */
    static Stream<Case> strange() {
        return Stream.of(
                bad(
                        "an unknown macro",
                        "MACRO_NOT_FOUND",
                        "models/a.sql:1:",
                        "Did you mean 'cents'",
                        "macros/m.sql",
                        "{% macro cents(c) %}{% endmacro %}",
                        "models/a.sql",
                        "select {{ cnts(1) }}"),
                bad(
                        "a macro of an unknown package",
                        "MACRO_NOT_FOUND",
                        "models/a.sql:1:",
                        "package",
                        "models/a.sql",
                        "select {{ nopackage.star(1) }}"),
                bad(
                        "an unknown materialization",
                        "CONFIG_INVALID",
                        "models/a.sql:1:",
                        "Did you mean 'table'",
                        "models/a.sql",
                        "{{ config(materialized='tabel') }} select 1"),
                bad(
                        "a version without a file",
                        "REF_NOT_FOUND",
                        "models/a.yml:1:",
                        "no file",
                        "models/a_v1.sql",
                        "select 1",
                        "models/a.yml",
                        "models: [{name: a, versions: [{v: 1}, {v: 2}]}]"));
    }

    @ParameterizedTest
    @MethodSource("strange")
    void what_may_never_be_used_is_warned_of(Case strange) throws IOException {
        Said said = parse(strange);

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.err())
                .contains("warning[" + strange.code() + "]")
                .contains(strange.part())
                .containsPattern("--> \\S*" + java.util.regex.Pattern.quote(strange.place()));
    }

    @Test
    void all_problems_are_told_in_one_run() throws IOException {
        List<String> names = new ArrayList<>();
        SmallProject project = SmallProject.in(folder);
        for (int i = 0; i < 5; i++) {
            names.add("models/broken_" + i + ".sql:1:");
            project.model("broken_" + i, "select {{ nothing_" + i + "() + 1 }}");
        }
        project.model("open", "{% if %}")
                .file("models/all.yml", "models:\n\t- a")
                .file("models/more.yml", "models: 5");

        assertThat(new Terminal(folder).run("parse").err())
                .contains(names)
                .contains("models/open.sql:1:", "models/all.yml:2:", "models/more.yml:1:")
                .contains("8 problems");
    }
}
