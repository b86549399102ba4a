package dev.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes a dbt project of any size, always the same for the same size: sources, models in three layers (three tenths
 * staging, three tenths intermediate, the rest marts; each reads one to five others), two tests for each model, macros,
 * docs blocks, seeds, exposures. Beside it stands {@code raw.sql}, which makes the tables of its sources in DuckDB.
 */
final class BigProject {
    private static final int FOLDER = 20;

    private final Path root;
    private final int models;
    private final List<String> staging = new ArrayList<>();
    private final List<String> intermediate = new ArrayList<>();
    private final List<String> marts = new ArrayList<>();
    private final Random random = new Random(1);

    private BigProject(Path root, int models) {
        this.root = root;
        this.models = models;
    }

    /** @param arguments the folder to write to, and the number of models */
    public static void main(String[] arguments) throws IOException {
        new BigProject(Path.of(arguments[0]), Integer.parseInt(arguments[1])).write();
    }

    private void write() throws IOException {
        write("dbt_project.yml", """
                name: big
                version: '1.0'
                profile: big
                vars:
                  active_since: '2020-01-01'
                  scale: 100
                models:
                  big:
                    +materialized: view
                    staging: {+tags: [staging]}
                    intermediate: {+tags: [intermediate]}
                    marts: {+tags: [marts], +meta: {owner: analytics}}
                """);
        write("profiles.yml", """
                big:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: big.duckdb, threads: 4}
                """);
        writeMacros();
        writeLayer("staging", "stg", models * 3 / 10, List.of(), staging);
        writeLayer("intermediate", "int", models * 3 / 10, staging, intermediate);
        writeLayer("marts", "fct", models - staging.size() - intermediate.size(), intermediate, marts);
        writeTests();
        writeSeeds();
        writeExposures();
        writeRawTables();
    }

    private void writeMacros() throws IOException {
        for (int i = 0; i <= models / 100; i++) {
            write("macros/area_" + i + ".sql", """
                    {%% macro units_%1$d(column, scale=none) -%%}
                        ({{ column }} / {{ scale or var('scale') }})::decimal(18, 2)
                    {%%- endmacro %%}

                    {%% macro clean_%1$d(column) -%%}
                        {%%- if target.type == 'duckdb' -%%} trim(lower({{ column }}))
                        {%%- else -%%} lower({{ column }}) {%%- endif -%%}
                    {%%- endmacro %%}
                    """.formatted(i));
        }
        write("macros/audit.sql", """
                {% macro audit_columns(columns=['loaded_by', 'model_name']) -%}
                    {%- for column in columns %}
                    '{{ column }}' as {{ column }}{{ ',' if not loop.last }}
                    {%- endfor %}
                {%- endmacro %}
                """);
        write("tests/generic/not_negative.sql", """
                {% test not_negative(model, column_name) %}
                select * from {{ model }} where {{ column_name }} < 0
                {% endtest %}
                """);
    }

    private void writeLayer(String layer, String prefix, int count, List<String> inputs, List<String> written)
            throws IOException {
        for (int first = 0; first < count; first += FOLDER) {
            int area = first / FOLDER;
            String folder = "models/" + layer + "/area_" + area + "/";
            StringBuilder yaml = new StringBuilder("version: 2\n\n");
            if (inputs.isEmpty()) {
                addSource(yaml, area, first, Math.min(count, first + FOLDER));
            }
            yaml.append("models:\n");
            for (int i = first; i < Math.min(count, first + FOLDER); i++) {
                String name = prefix + "_area_" + area + "__entity_" + i;
                List<String> reads = chosen(inputs);
                String sql = inputs.isEmpty() ? staging(area, i) : joined(layer, i, reads);
                write(folder + name + ".sql", sql);
                addModel(yaml, layer, area, i, name, reads);
                written.add(name);
            }
            write(folder + "_" + layer + "_" + area + ".yml", yaml.toString());
            write(folder + "_docs.md", docs(layer, area));
        }
    }

    /** One to five of them, mostly few. */
    private List<String> chosen(List<String> inputs) {
        List<String> chosen = new ArrayList<>();
        int wanted = List.of(1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5).get(random.nextInt(11));
        while (!inputs.isEmpty() && chosen.size() < Math.min(wanted, inputs.size())) {
            String input = inputs.get(random.nextInt(inputs.size()));
            if (!chosen.contains(input)) {
                chosen.add(input);
            }
        }
        return chosen;
    }

    private void addSource(StringBuilder yaml, int area, int from, int to) {
        yaml.append("sources:\n  - name: area_%d\n    schema: raw\n    description: What the system of area %d keeps.\n"
                .formatted(area, area));
        yaml.append("    tables:\n");
        for (int i = from; i < to; i++) {
            yaml.append("""
                          - name: entity_%1$d
                            description: Entity %1$d, one row for each change of state.
                            columns:
                              - {name: id, description: The key.}
                              - {name: amount, description: In cents.}
                    """.formatted(i));
        }
        yaml.append('\n');
    }

    private static void addModel(StringBuilder yaml, String layer, int area, int i, String name, List<String> reads) {
        String second = switch (i % 4) {
            case 0 -> "          - unique\n";
            case 1 -> reads.isEmpty() ? "          - unique\n" : """
                                  - relationships:
                                      arguments: {to: ref('%s'), field: entity_id}
                        """.formatted(reads.get(0));
            default -> "";
        };
        yaml.append("""
                  - name: %1$s
                    description: "{{ doc('%2$s_%3$d_model') }}"
                    config: {meta: {area: %3$d, rank: %4$d}}
                    columns:
                      - name: entity_id
                        description: "{{ doc('%2$s_%3$d_key') }}"
                        data_type: bigint
                        data_tests:
                          - not_null
                %5$s      - name: name
                        description: As people write it.
                      - name: status
                        description: "Where it stands: open or closed."
                %6$s      - name: amount
                        description: In whole units of the currency, never below zero.
                %7$s      - name: created_at
                        description: When the system saw it first, in UTC.
                """.formatted(name, layer, area, i, second, i % 4 == 2 ? """
                                data_tests:
                                  - accepted_values:
                                      arguments: {values: [open, closed]}
                        """ : "", i % 4 == 3 ? """
                                data_tests:
                                  - not_negative:
                                      config: {severity: warn}
                        """ : ""));
    }

    private String staging(int area, int i) {
        int macro = i % (models / 100 + 1);
        return (i % 3 == 0 ? "{{ config(materialized='view', tags=['hourly']) }}\n\n" : "")
                + """
                with source as (

                    select * from {{ source('area_%1$d', 'entity_%2$d') }}

                ),

                renamed as (

                    select
                        id as entity_id,
                        {{ clean_%3$d('name') }} as name,
                        status,
                        {{ units_%3$d('amount') }} as amount,
                        created_at
                    from source
                    where created_at >= '{{ var("active_since") }}'

                )

                select * from renamed
                """.formatted(area, i, macro);
    }

    private String joined(String layer, int i, List<String> reads) {
        StringBuilder sql = new StringBuilder(layer.equals("marts") ? "{{ config(materialized='view') }}\n\n" : "");
        StringBuilder amount = new StringBuilder("base.amount");
        StringBuilder joins = new StringBuilder();
        for (int n = 0; n < reads.size(); n++) {
            String cte = n == 0 ? "base" : "input_" + n;
            sql.append(n == 0 ? "with " : ",\n\n").append(cte).append(" as (\n\n    select * from {{ ref('");
            sql.append(reads.get(n)).append("') }}\n\n)");
            if (n > 0) {
                amount.append(" + coalesce(").append(cte).append(".amount, 0)");
                joins.append("\nleft join ").append(cte).append(" on ").append(cte);
                joins.append(".entity_id = base.entity_id");
            }
        }
        sql.append("\n\nselect\n    base.entity_id,\n    base.name,\n    base.status,\n    ");
        sql.append(amount).append(" as amount,\n    base.created_at");
        if (i % 2 == 0) {
            sql.append(",\n    {{ audit_columns() }}");
        }
        sql.append("\nfrom base").append(joins).append("\n{% if target.name == 'sample' %} limit 100 {% endif %}\n");
        return sql.toString();
    }

    private static String docs(String layer, int area) {
        return """
                {%% docs %1$s_%2$d_model %%}
                Entities of area %2$d in the layer %1$s. One row is one entity, as it stood at the last load.

                * amounts are in units of the currency
                * rows before the first day of interest are left out
                {%% enddocs %%}

                {%% docs %1$s_%2$d_key %%}
                The key of the entity, the same in all layers.
                {%% enddocs %%}
                """.formatted(layer, area);
    }

    private void writeTests() throws IOException {
        for (int i = 0; i < marts.size(); i += 100) {
            write("tests/amounts_" + i + ".sql", "select * from {{ ref('" + marts.get(i) + "') }} where amount < 0\n");
        }
    }

    private void writeSeeds() throws IOException {
        for (int i = 0; i <= models / 200; i++) {
            write("seeds/codes_" + i + ".csv", "code,label\n1,open\n2,closed\n");
        }
    }

    private void writeExposures() throws IOException {
        StringBuilder yaml = new StringBuilder("exposures:\n");
        for (int i = 0; i < marts.size(); i += 25) {
            yaml.append("""
                      - name: board_%d
                        type: dashboard
                        owner: {name: Analytics}
                        depends_on: [ref('%s')]
                    """.formatted(i, marts.get(i)));
        }
        write("models/exposures.yml", yaml.toString());
    }

    private void writeRawTables() throws IOException {
        StringBuilder sql = new StringBuilder("create schema if not exists raw;\n");
        for (int i = 0; i < staging.size(); i++) {
            sql.append("create or replace table raw.entity_").append(i).append("""
                     as select i as id, 'Name ' || i as name, ['open', 'closed'][1 + i % 2] as status,
                    i * 100 as amount, timestamp '2024-01-01' as created_at from range(10) t(i);
                    """);
        }
        write("raw.sql", sql.toString());
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
