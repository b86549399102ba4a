package dev.millrace.transform.internal.run;

import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.UnitTest;
import dev.millrace.warehouse.Session;

/** Compiles nodes and leaves no trace of it: no file, no cache. What templates ask goes to the given session. */
public final class DryCompiler {
    private final RunEnvironment environment;
    private final Session session;

    public DryCompiler(RunEnvironment environment, Session session) {
        this.environment = environment;
        this.session = session;
    }

    /** The node's SQL; an ephemeral model that it reads is named as its CTE would be, and not laid in. */
    public String compile(Resource resource) {
        // The session is the caller's: a connection would close it.
        Connection connection = new Connection(() -> session, text -> {});
        Execution execution = new Execution(
                environment,
                resource,
                connection,
                environment.relations(""),
                (level, message) -> {},
                resource.test() == null);
        return new SqlCompiler(environment).bare(execution, resource);
    }

    /** The same with another template in place of the node's own. */
    public String compile(Resource resource, Template template) {
        return compile(new Resource(
                resource.identity(),
                resource.properties(),
                resource.config(),
                resource.dependencies(),
                resource.relation(),
                resource.code(),
                resource.checksum(),
                template,
                resource.test()));
    }

    /** The SQL of the model that a unit test tests, on the test's rows, which have been found to fit. */
    public String compile(UnitTest test) {
        return new UnitTestStep(environment, test).verified(new Connection(() -> session, text -> {}));
    }

    /** The name by which an ephemeral model is read. */
    public static String cteName(Resource ephemeral) {
        return RefFunction.cteName(ephemeral);
    }
}
