package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.List;
import java.util.function.Function;

/** Something the catalogue answers: which columns there are, and of which types. */
record CatalogExpectation(Function<Subject, Finding> answer) implements Expectation {
    @Override
    public Question of(Subject subject) {
        Finding finding = answer.apply(subject);
        return new Question() {
            @Override
            public List<CheckQuery> queries() {
                return List.of();
            }

            @Override
            public Finding judge(CheckAnswers answers) {
                return finding;
            }
        };
    }
}
