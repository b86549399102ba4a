package dev.millrace.quality;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Session;
import java.nio.file.Path;

/** The front door for expectations in Java code: a project folder whose suites are written. Immutable. */
public final class QualityContext {
    private final Path folder;

    private QualityContext(Path folder) {
        this.folder = folder;
    }

    /** @param folder of the project; suites are saved below {@code expectations/} in it */
    public static QualityContext of(Path folder) {
        return new QualityContext(folder);
    }

    /** A new, empty suite. */
    public ExpectationSuite addExpectationSuite(String name) {
        return new ExpectationSuite(name);
    }

    /** @param session of the relation's warehouse; stays the caller's */
    public Validator validator(Session session, RelationName relation, ExpectationSuite suite) {
        return new Validator(this, session, relation, suite);
    }

    Path folder() {
        return folder;
    }
}
