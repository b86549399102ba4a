package dev.millrace.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.quality.internal.json.JsonNodes;
import dev.millrace.quality.internal.run.Evaluation;
import dev.millrace.quality.internal.run.Outcome;
import dev.millrace.quality.internal.suite.EntryReader;
import dev.millrace.quality.internal.suite.RelationFinder;
import dev.millrace.quality.internal.suite.SuiteEntry;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares with what Great Expectations 1.24.1 answered for the same rows: its SQL engine where that can, its pandas
 * engine otherwise.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReferenceTest {
    private static final YamlMap REFERENCE = reference();
    private static final List<String> COMPARED = List.of(
            "element_count",
            "unexpected_count",
            "missing_count",
            "unexpected_percent",
            "missing_percent",
            "unexpected_percent_total",
            "unexpected_percent_nonmissing",
            "observed_value",
            "partial_missing_list",
            "details");

    private QualityProject project;
    private Session session;
    private RelationName relation;

    ReferenceTest(@TempDir Path folder) {
        project = new QualityProject(folder);
        Warehouses warehouses = project.warehouses();
        session = warehouses.warehouse(project.project().target()).open();
        relation = session.warehouse().relation("main", "t");
    }

    private static YamlMap reference() {
        try (InputStream in = Objects.requireNonNull(ReferenceTest.class.getResourceAsStream("reference.json"))) {
            return (YamlMap) JsonNodes.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "reference.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void create() {
        session.execute("create table t (" + REFERENCE.requireString("columns") + ")");
        for (Object row : (List<?>) REFERENCE.list("rows").orElseThrow().toJava()) {
            Object[] values = ((List<?>) row).toArray();
            String marks = IntStream.range(0, values.length).mapToObj(i -> "?").collect(Collectors.joining(", "));
            session.execute("insert into t values (" + marks + ")", values);
        }
    }

    @AfterAll
    void close() {
        session.close();
        project.close();
    }

    static Stream<YamlMap> cases() {
        return REFERENCE.maps("cases").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_answer_is_that_of_great_expectations(YamlMap expected) {
        Outcome outcome = evaluate(expected);
        String what = expected.requireString("type") + " "
                + expected.map("kwargs").orElseThrow().toJava() + " " + outcome.result();
        assertThat(outcome.success())
                .as(what)
                .isEqualTo(expected.bool("success").orElseThrow());
        Map<String, @Nullable Object> result =
                expected.map("result").orElseThrow().toJava();
        for (String key : COMPARED) {
            Object wanted = result.get(key);
            boolean compared = wanted != null || (result.containsKey(key) && key.endsWith("percent"));
            if (compared && !key.equals("details")) {
                assertThat(plain(outcome.result().get(key)))
                        .as(key + " of " + what)
                        .isIn(plain(wanted), plain(alternative(expected, wanted)));
            }
        }
        if (result.get("partial_unexpected_list") instanceof List<?> list) {
            assertThat(set(outcome.result().get("partial_unexpected_list")))
                    .as("examples of " + what)
                    .hasSameSizeAs(set(list));
        }
    }

    private Outcome evaluate(YamlMap expected) {
        YamlMap entry = (YamlMap) JsonNodes.parse("{}", "");
        entry = new YamlMap(
                Map.of(
                        "type", Objects.requireNonNull(expected.entries().get("type")),
                        "kwargs", Objects.requireNonNull(expected.entries().get("kwargs"))),
                entry.position());
        RelationFinder relations =
                new RelationFinder(List.of(Node.builder(new NodeId(NodeKind.MODEL, "mill", "t"), entry.position())
                        .writes(relation)
                        .build()));
        SuiteEntry read = new EntryReader(relations, YamlMap.empty(entry.position())).read(entry, new HashSet<>());
        return Evaluation.of(session, relation, List.of(read)).get(0);
    }

    /** Engines of Great Expectations differ in which value of two a quantile takes. */
    private static @Nullable Object alternative(YamlMap expected, @Nullable Object wanted) {
        if (expected.has("or") && wanted instanceof Map<?, ?> map) {
            return Map.of(
                    "quantiles", Objects.requireNonNull(map.get("quantiles")),
                    "values", Objects.requireNonNull(expected.require("or").toJava()));
        }
        return wanted;
    }

    private static List<Object> set(@Nullable Object list) {
        boolean empty = ((List<?>) Objects.requireNonNull(list)).isEmpty();
        return empty ? List.of() : List.of("some");
    }

    /** Numbers to ten digits, whatever their type. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString()).round(new MathContext(10));
            return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> String.valueOf(plain(item))).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(plain(entry.getValue()))));
        }
        return value == null ? "null" : value.toString();
    }
}
