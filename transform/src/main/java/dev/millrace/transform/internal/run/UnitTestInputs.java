package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Callable;
import dev.millrace.transform.internal.context.References;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.resource.Fixture;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.UnitTest;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What {@code ref}, {@code source} and {@code this} give in a unit test: CTEs of the given rows. Owned by one thread.
 */
final class UnitTestInputs {
    private static final String PREFIX = "__dbt__cte__";

    private final RunEnvironment runtime;
    private final UnitTest test;
    private final Session session;
    private final Supplier<List<Column>> ownColumns;
    private final Map<NodeId, Cte> ctes = new LinkedHashMap<>();
    private final Map<NodeId, String> names = new LinkedHashMap<>();

    /** @param ownColumns the columns of the model while nothing has built it */
    UnitTestInputs(RunEnvironment runtime, UnitTest test, Session session, Supplier<List<Column>> ownColumns) {
        this.runtime = runtime;
        this.test = test;
        this.session = session;
        this.ownColumns = ownColumns;
    }

    Callable ref() {
        return call -> {
            RefArgs ref = References.ref(call);
            Resource target = runtime.manifest()
                    .ref(
                            ref,
                            test.tested().packageName(),
                            runtime.project().project().name())
                    .orElseThrow(() -> missing(ref.toString()));
            return relation(target.id(), target.relation().identifier(), ref.toString());
        };
    }

    Callable source() {
        return call -> {
            SourceArgs source = References.source(call);
            String packageName = test.tested().packageName();
            NodeId id = runtime.manifest()
                    .source(source.source(), source.table(), packageName)
                    .map(table -> table.identity().id())
                    .orElseGet(() -> new NodeId(NodeKind.SOURCE, packageName, source.source() + "." + source.table()));
            return relation(id, source.source() + "__" + source.table(), source.toString());
        };
    }

    /** The model's own relation, or the rows that are given for {@code this}. */
    DbtRelation self() {
        Resource tested = test.tested();
        return test.given().containsKey(tested.id())
                ? relation(tested.id(), tested.relation().identifier(), "this")
                : DbtRelation.of(tested.relation(), null);
    }

    /** The CTEs of what has been asked for so far. */
    List<Cte> ctes() {
        return List.copyOf(ctes.values());
    }

    private DbtRelation relation(NodeId id, String name, String written) {
        Fixture fixture = test.given().get(id);
        if (fixture == null) {
            throw missing(written);
        }
        String cte = names.computeIfAbsent(id, key -> unique(PREFIX + name.replaceAll("\\W", "_")));
        if (!ctes.containsKey(id)) {
            String rows = fixture.sql() == null ? new FixtureSql(fixture, columns(id, fixture)).whole() : fixture.sql();
            ctes.put(id, new Cte(id, " " + cte + " as (\n" + rows + "\n)"));
        }
        return DbtRelation.cte(cte);
    }

    private String unique(String name) {
        String free = name;
        for (int i = 2; names.containsValue(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private List<Column> columns(NodeId id, Fixture fixture) {
        Resource resource = runtime.manifest().resources().get(id);
        if (resource != null && resource.ephemeral()) {
            return columnsOf(session, new NodeCompiler(runtime).compile(resource));
        }
        List<Column> found = session.columns(relationName(id, resource));
        if (found.isEmpty() && id.equals(test.tested().id())) {
            return ownColumns.get();
        }
        if (found.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.RELATION_NOT_FOUND,
                    "the unit test cannot tell the types of the rows given for " + fixture.input()
                            + ": its relation does not exist",
                    fixture.position(),
                    "Build it first, or give its rows with format: sql.",
                    null);
        }
        return found;
    }

    private RelationName relationName(NodeId id, @org.jspecify.annotations.Nullable Resource resource) {
        if (resource != null) {
            return resource.relation();
        }
        SourceTable source = runtime.manifest().sources().get(id);
        if (source != null) {
            return source.relation();
        }
        int dot = id.name().indexOf('.');
        return new RelationName(
                runtime.warehouse().identity(),
                runtime.project().database(),
                id.name().substring(0, dot),
                id.name().substring(dot + 1));
    }

    /** The columns that a query gives. */
    static List<Column> columnsOf(Session session, String sql) {
        return session.query("select * from (\n" + sql + "\n) as query limit 0").columns();
    }

    private MillraceException missing(String written) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "the model reads " + written + ", but the unit test '"
                        + test.identity().name() + "' gives no rows for it",
                test.identity().position(),
                "Add it under 'given', with rows: [] if none are needed.",
                null);
    }
}
