package dev.millrace.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import dev.millrace.quality.internal.expectation.Expectations;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidatorTest {
    @TempDir
    Path folder;

    @Test
    void expectations_of_java_code_are_asked_and_saved_as_a_suite() {
        try (QualityProject project = new QualityProject(folder)
                .model("orders", "select i as order_id, i - 1 as total from range(10) r(i)")) {
            project.build();
            QualityContext context = QualityContext.of(folder);
            ValidationResult result = project.session(session -> {
                RelationName orders = session.warehouse().relation("main", "orders");
                Validator validator = context.validator(session, orders, context.addExpectationSuite("totals"));
                validator.expectColumnValuesToNotBeNull("order_id");
                validator.expectColumnValuesToBeBetween("total").minValue(0).mostly(0.95);
                validator.expectColumnValuesToBeBetween("total").minValue(0).mostly(0.9);
                validator.expectColumnValuesToBeBetween("total").minValue(5).rowCondition("col(\"order_id\") > 5");
                validator.expectTableRowCountToEqual(11).warning();
                ValidationResult validated = validator.validate();
                validator.saveExpectationSuite();
                return validated;
            });
            assertThat(result.results())
                    .extracting(ExpectationResult::success)
                    .containsExactly(true, true, true, false);
            assertThat(result.results().get(1).unexpectedCount()).hasValue(1);
            assertThat(result.success()).isFalse();
            assertThat(project.build()
                            .node("expectation.mill.totals.table_row_count_to_equal")
                            .status())
                    .isEqualTo(Status.WARN);
        }
    }

    @Test
    void every_expectation_has_a_method() {
        Set<String> methods = Arrays.stream(ExpectationMethods.class.getMethods())
                .map(Method::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());
        List<String> missing = Expectations.all().keySet().stream()
                .filter(name -> !methods.contains(name) && !name.equals("expect_multicolumn_values_to_be_unique"))
                .toList();
        assertThat(missing).isEmpty();
    }
}
