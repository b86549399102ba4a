package dev.millrace.quality.internal.expectation;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.quality.internal.json.Json;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that are JSON valid by a schema (json-schema.org, drafts 4 to 2020-12). No warehouse knows schemas, so the
 * distinct values are read and looked at here. References to schemas elsewhere are not followed.
 */
record JsonSchemaExpectation(String column, Position position, Schema schema, double mostly) implements Expectation {
    private static final String KEY = "json_schema";

    static Expectation of(Kwargs kwargs) {
        YamlNode written = kwargs.map().require(KEY);
        String text = written instanceof YamlScalar scalar && scalar.value() instanceof String json
                ? json
                : Json.compact(written.toJava());
        return new JsonSchemaExpectation(
                kwargs.text("column"), kwargs.position("column"), schema(kwargs, text), kwargs.mostly());
    }

    private static Schema schema(Kwargs kwargs, String text) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        try {
            Schema schema = registry.getSchema(text);
            String dialect = SpecificationVersion.fromSchemaNode(schema.getSchemaNode())
                    .orElse(SpecificationVersion.DRAFT_2020_12)
                    .getDialectId();
            List<com.networknt.schema.Error> wrong =
                    registry.getSchema(SchemaLocation.of(dialect)).validate(text, InputFormat.JSON);
            if (!wrong.isEmpty()) {
                throw kwargs.invalid(KEY, "is no JSON schema: " + wrong.get(0));
            }
            schema.initializeValidators();
            return schema;
        } catch (com.networknt.schema.SchemaException | IllegalArgumentException e) {
            throw kwargs.invalid(KEY, "is no JSON schema: " + e.getMessage());
        }
    }

    @Override
    public Question of(Subject subject) {
        return new Asked(this, subject, subject.column(column, position));
    }

    private boolean valid(String text) {
        try {
            return schema.validate(text, InputFormat.JSON).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private record Asked(JsonSchemaExpectation expectation, Subject subject, TableColumn column) implements Question {
        private CheckQuery nulls() {
            return CheckQuery.nulls(column.sql(), subject.from());
        }

        @Override
        public List<CheckQuery> queries() {
            return List.of(subject.count(), nulls());
        }

        @Override
        public Finding judge(CheckAnswers answers) {
            return new MapCounts(answers.count(subject.count()), answers.count(nulls()), 0)
                    .finding(expectation.mostly(), true);
        }

        @Override
        public boolean looks() {
            return true;
        }

        @Override
        public Finding look(Session session, Finding counted) {
            Map<String, Long> invalid = new LinkedHashMap<>();
            session.forEachRow(
                    "select " + column.text() + " as v, count(*)" + subject.from(column.sql() + " is not null")
                            + " group by 1",
                    row -> {
                        String text = String.valueOf(row[0]);
                        if (!expectation.valid(text)) {
                            invalid.put(text, ((Number) row[1]).longValue());
                        }
                    });
            long unexpected =
                    invalid.values().stream().mapToLong(Long::longValue).sum();
            Finding finding = new MapCounts(
                            count(counted, "element_count"), count(counted, "missing_count"), unexpected)
                    .finding(expectation.mostly(), true);
            return unexpected == 0 ? finding : withExamples(finding, invalid);
        }

        private static long count(Finding finding, String key) {
            return finding.result().get(key) instanceof Long count ? count : 0;
        }

        private static Finding withExamples(Finding finding, Map<String, Long> invalid) {
            List<@Nullable Object> examples = new ArrayList<>();
            List<Object> counts = new ArrayList<>();
            invalid.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(MapExpectation.EXAMPLES)
                    .forEach(entry -> {
                        counts.add(MapCounts.times(entry.getKey(), entry.getValue()));
                        long more = Math.min(entry.getValue(), MapExpectation.EXAMPLES - examples.size());
                        examples.addAll(Collections.nCopies((int) more, entry.getKey()));
                    });
            return finding.with("partial_unexpected_list", examples).with("partial_unexpected_counts", counts);
        }
    }
}
