package dev.millrace.quality;

import dev.millrace.core.graph.RelationName;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.quality.internal.run.Evaluation;
import dev.millrace.quality.internal.run.Outcome;
import dev.millrace.quality.internal.suite.EntryReader;
import dev.millrace.quality.internal.suite.RelationFinder;
import dev.millrace.quality.internal.suite.SuiteEntry;
import dev.millrace.warehouse.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds expectations to a suite, and asks them of a relation, all in one statement:
 *
 * <pre>{@code
 * Validator validator = context.validator(session, relation, context.addExpectationSuite("orders_suite"));
 * validator.expectColumnValuesToNotBeNull("order_id");
 * validator.expectColumnValuesToBeBetween("total_amount").minValue(0).mostly(0.99);
 * ValidationResult result = validator.validate();
 * validator.saveExpectationSuite();
 * }</pre>
 *
 * Not thread-safe.
 */
public final class Validator implements ExpectationMethods<Expected> {
    private final QualityContext context;
    private final Session session;
    private final RelationName relation;
    private final ExpectationSuite suite;

    Validator(QualityContext context, Session session, RelationName relation, ExpectationSuite suite) {
        this.context = context;
        this.session = session;
        this.relation = relation;
        this.suite = suite;
    }

    @Override
    public Expected expect(String type, Map<String, ?> kwargs) {
        Expected expectation = new Expected(type, kwargs);
        suite.add(expectation);
        return expectation;
    }

    /**
     * Asks all expectations of the suite.
     *
     * @throws dev.millrace.core.MillraceException if one is wrong in itself, or cannot be asked of the relation
     */
    public ValidationResult validate() {
        List<SuiteEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        EntryReader reader = new EntryReader(new RelationFinder(List.of()), YamlMap.empty(suite.position()));
        suite.entries().forEach(entry -> entries.add(reader.read(entry, names)));
        List<Outcome> outcomes = Evaluation.of(session, relation, entries);
        List<ExpectationResult> results = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            results.add(new ExpectationResult(
                    entries.get(i).type().name(),
                    entries.get(i).kwargs().toJava(),
                    outcomes.get(i).success(),
                    outcomes.get(i).result()));
        }
        return new ValidationResult(results);
    }

    /** Writes the suite to {@code expectations/<name>.json} of the project. */
    public Path saveExpectationSuite() {
        return suite.save(context.folder().resolve("expectations"), relation.toString());
    }
}
