package dev.millrace.transform.internal.check;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.transform.CheckReport;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.UnitTest;
import dev.millrace.transform.internal.run.DryCompiler;
import dev.millrace.transform.internal.run.RunEnvironment;
import dev.millrace.transform.internal.seed.SeedTable;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.shadow.Existing;
import dev.millrace.warehouse.shadow.Shadow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One check of a project. Serves once, on one thread. */
public final class Checking {
    private final ParsedProject project;
    private final ShadowTables tables;
    private final SourceColumns sources;
    private final WatchedSession session;
    private final DryCompiler compiler;
    private final QueryCheck queries;
    private final Verdicts verdicts = new Verdicts();
    private final Map<NodeId, NodeColumns> columns = new LinkedHashMap<>();
    private final Map<NodeId, List<Column>> types = new LinkedHashMap<>();

    /** @param fields names of columns by relation, as those know them that write them from outside */
    public Checking(
            ParsedProject project,
            RunEnvironment environment,
            Shadow shadow,
            Existing existing,
            Map<RelationName, List<String>> fields) {
        this.project = project;
        Set<String> owned = new HashSet<>();
        project.manifest().resources().values().stream()
                .filter(RunEnvironment::writes)
                .forEach(resource -> owned.add(resource.relation().key()));
        this.tables = new ShadowTables(shadow, existing, owned);
        Map<String, List<String>> known = new HashMap<>();
        fields.forEach((name, names) -> known.put(name.key(), names));
        Path catalog = project.context().project().targetDir().resolve("catalog.json");
        this.sources = new SourceColumns(existing, catalog, known);
        this.session = new WatchedSession(shadow, tables);
        this.compiler = new DryCompiler(environment.inShadow(shadow.warehouse()), session);
        this.queries = new QueryCheck(shadow, tables, session, compiler, verdicts);
    }

    public CheckReport report() {
        try (session) {
            project.manifest().sources().values().forEach(this::source);
            queries.hooksRun(new StartHooks(session, compiler, verdicts).run(project.startHooks()));
            int checked = 0;
            for (Resource resource : inOrder()) {
                checked += check(resource);
            }
            for (UnitTest test : project.unitTests()) {
                unitTest(test);
                checked++;
            }
            // By now queries have told which other columns some of them have.
            project.manifest()
                    .sources()
                    .keySet()
                    .forEach(id ->
                            tables.byId(id.toString()).ifPresent(table -> keep(id, leaf(table), table.columns())));
            return new CheckReport(
                    checked, verdicts.problems(), verdicts.unbound(), new ColumnGraph(columns.values()), types);
        }
    }

    private void source(SourceTable source) {
        ShadowTable table = sources.of(source);
        tables.put(table);
        keep(source.identity().id(), leaf(table), table.columns());
    }

    private static NodeColumns leaf(ShadowTable table) {
        List<OutputColumn> outputs = table.columns().stream()
                .map(column -> new OutputColumn(column.name(), Map.of(), true))
                .toList();
        return new NodeColumns(table.id(), outputs, table.complete(), Set.of());
    }

    private void keep(NodeId id, NodeColumns lineage, List<Column> typed) {
        columns.put(id, lineage);
        types.put(id, typed);
    }

    /** Every resource after what it reads. */
    private Set<Resource> inOrder() {
        Set<Resource> ordered = new LinkedHashSet<>();
        Set<NodeId> seen = new HashSet<>();
        project.manifest().resources().values().forEach(resource -> visit(resource, seen, ordered));
        return ordered;
    }

    private void visit(Resource resource, Set<NodeId> seen, Set<Resource> ordered) {
        if (!seen.add(resource.id())) {
            return;
        }
        for (NodeId input : resource.dependencies().nodes()) {
            Resource read = project.manifest().resources().get(input);
            if (read != null) {
                visit(read, seen, ordered);
            }
        }
        ordered.add(resource);
    }

    /** @return how many nodes that makes */
    private int check(Resource resource) {
        switch (resource.kind()) {
            case SEED -> seed(resource);
            case MODEL, SNAPSHOT -> relation(resource);
            case TEST, ANALYSIS -> queries.check(resource);
            default -> {
                return 0;
            }
        }
        return 1;
    }

    private void seed(Resource seed) {
        ShadowTable table;
        try {
            table = new ShadowTable(seed.id().toString(), seed.relation(), new SeedTable(seed).columns(), true, true);
        } catch (MillraceException e) {
            verdicts.problem(seed.id(), e);
            table = ShadowTable.unknown(seed.id().toString(), seed.relation(), List.of());
        }
        tables.put(table);
        keep(seed.id(), leaf(table), table.columns());
    }

    private void relation(Resource resource) {
        QueryCheck.Answer answer = queries.check(resource);
        RelationName name =
                resource.ephemeral() ? tables.unqualified(DryCompiler.cteName(resource)) : resource.relation();
        ShadowTable table = RelationColumns.of(resource, name, answer);
        tables.put(table);
        keep(resource.id(), RelationColumns.lineage(resource, table, answer), table.columns());
        if (resource.kind() == NodeKind.MODEL && resource.materialized().equals("incremental")) {
            // The second run reads the model's own table.
            queries.check(resource);
        }
    }

    private void unitTest(UnitTest test) {
        session.begin(test.tested().relation());
        List<NodeId> given = new ArrayList<>(test.given().keySet());
        given.add(test.tested().id());
        boolean known = given.stream().allMatch(this::isKnown);
        try {
            String sql = compiler.compile(test);
            queries.bind(test.id(), test.identity().position(), sql);
        } catch (MillraceException e) {
            if (known && session.asked().isEmpty()) {
                verdicts.problem(test.id(), e);
            } else {
                verdicts.unbound(test.id(), session.asked().orElse("it reads columns that are not known"));
            }
        }
    }

    private boolean isKnown(NodeId id) {
        return tables.byId(id.toString())
                .filter(table -> table.complete() && table.typed())
                .isPresent();
    }
}
