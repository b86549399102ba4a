package dev.millrace.transform.internal.change;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.NodeChange.Kind;
import dev.millrace.transform.NodeChange.Part;
import dev.millrace.transform.NodeChange.Reason;
import dev.millrace.transform.SqlDifference;
import dev.millrace.transform.internal.artifact.NodeComparison;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.run.TrialCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says in what a node differs from an earlier image of it, and whether that can be noticed. Not thread-safe. */
final class ChangeFinder {
    /** Settings that change how a relation is made, but not what is in it. */
    private static final Set<String> HARMLESS = Set.of(
            "materialized",
            "persist_docs",
            "grants",
            "indexes",
            "full_refresh",
            "batch_size",
            "concurrent_batches",
            "on_configuration_change",
            "query_tag",
            "freshness",
            "loaded_at_field",
            "loaded_at_query",
            "schedule",
            "contract",
            "store_failures",
            "store_failures_as",
            "note");

    private final ParsedProject parsed;
    private final MacroReach macros;
    private final TrialCompiler compiler;
    private final SqlParser parser;
    private final Map<String, String> relationsBefore;
    private final Map<String, String> relationsNow;

    /**
     * @param relationsBefore names of relations in earlier SQL, and what stood in them
     * @param relationsNow the same of the SQL now
     */
    ChangeFinder(
            ParsedProject parsed,
            MacroReach macros,
            TrialCompiler compiler,
            SqlParser parser,
            Map<String, String> relationsBefore,
            Map<String, String> relationsNow) {
        this.parsed = parsed;
        this.macros = macros;
        this.compiler = compiler;
        this.parser = parser;
        this.relationsBefore = relationsBefore;
        this.relationsNow = relationsNow;
    }

    /** @param sql it compiles to, if it does */
    record Found(
            Kind kind,
            List<Reason> reasons,
            boolean breaking,
            SqlDifference difference,
            Optional<String> sql,
            Optional<MillraceException> problem) {}

    Found find(Node node, @Nullable NodeImage before, NodeImage now) {
        Resource query = node.kind() == NodeKind.MODEL || node.kind() == NodeKind.SNAPSHOT
                ? parsed.manifest().resources().get(node.id())
                : null;
        Optional<String> sql = Optional.empty();
        Optional<MillraceException> problem = Optional.empty();
        if (query != null) {
            try {
                sql = Optional.of(compiler.compile(query, Optional.empty()));
            } catch (MillraceException e) {
                // A template that asks a warehouse which is not there is not wrong for that.
                problem = Optional.of(e).filter(wrong -> compiler.reachesWarehouse());
            }
        }
        if (before == null) {
            return new Found(Kind.ADDED, List.of(), false, SqlDifference.NONE, sql, problem);
        }
        List<Reason> reasons = reasons(node, before, now);
        SqlDifference difference = SqlDifference.NONE;
        if (query != null) {
            difference = difference(query, before, now, sql, reasons);
            sql = closest(query, before, sql);
        }
        boolean changed = !reasons.isEmpty();
        return new Found(
                changed ? Kind.CHANGED : Kind.UNCHANGED,
                reasons,
                changed && breaks(node, before, now, reasons, difference),
                difference,
                sql,
                problem);
    }

    private static List<Reason> reasons(Node node, NodeImage before, NodeImage now) {
        List<Reason> reasons = new ArrayList<>();
        if (!before.body().equals(now.body())) {
            reasons.add(new Reason(node.kind() == NodeKind.SEED ? Part.SEED : Part.BODY, ""));
        }
        Set<String> keys = changedKeys(before, now);
        if (!keys.isEmpty()) {
            reasons.add(new Reason(Part.CONFIG, String.join(", ", keys)));
        }
        List<String> changedMacros = now.macros().entrySet().stream()
                .filter(macro -> !macro.getValue().equals(before.macros().get(macro.getKey())))
                .map(macro -> macro.getKey().substring(macro.getKey().lastIndexOf('.') + 1))
                .toList();
        if (!changedMacros.isEmpty()) {
            reasons.add(new Reason(Part.MACRO, String.join(", ", changedMacros)));
        }
        if (!NodeComparison.same(before.contract(), now.contract())) {
            reasons.add(new Reason(Part.CONTRACT, ""));
        }
        if (!before.relation().isEmpty() && !before.relation().equals(now.relation())) {
            reasons.add(new Reason(Part.RELATION, before.relation() + " → " + now.relation()));
        }
        before.inputs().forEach((id, relation) -> {
            String current = now.inputs().get(id);
            if (current != null && !current.equals(relation)) {
                reasons.add(new Reason(Part.UPSTREAM_RELATION, relation + " → " + current));
            }
        });
        return reasons;
    }

    static Set<String> changedKeys(NodeImage before, NodeImage now) {
        Set<String> keys = new TreeSet<>(before.config().keySet());
        keys.addAll(now.config().keySet());
        keys.removeIf(key ->
                NodeComparison.same(before.config().get(key), now.config().get(key)));
        // The contract is told apart by its columns.
        keys.remove("contract");
        return keys;
    }

    private boolean breaks(Node node, NodeImage before, NodeImage now, List<Reason> reasons, SqlDifference difference) {
        return switch (node.kind()) {
            case TEST, UNIT_TEST, EXPECTATION, EXPOSURE, ANALYSIS, OPERATION -> false;
            default -> {
                if (difference.breaking()) {
                    yield true;
                }
                boolean readByTemplate = parsed.manifest().resources().containsKey(node.id());
                yield reasons.stream().anyMatch(reason -> switch (reason.part()) {
                    case SEED, RELATION -> true;
                    case BODY -> !readByTemplate;
                    case CONFIG -> !HARMLESS.containsAll(changedKeys(before, now));
                    case CONTRACT -> !keepsPromises(before.contract(), now.contract());
                    case MACRO, UPSTREAM_RELATION, COMPILED -> false;
                });
            }
        };
    }

    private static boolean keepsPromises(Map<String, @Nullable Object> before, Map<String, @Nullable Object> now) {
        return before.entrySet().stream()
                .allMatch(column -> Objects.equals(column.getValue(), now.get(column.getKey())));
    }

    /** Adds to {@code reasons} when only the SQL differs. */
    private SqlDifference difference(
            Resource resource, NodeImage before, NodeImage now, Optional<String> sql, List<Reason> reasons) {
        boolean touched = reasons.stream()
                .anyMatch(reason ->
                        reason.part() == Part.BODY || reason.part() == Part.MACRO || reason.part() == Part.CONFIG);
        if (sql.isEmpty()) {
            return touched ? SqlDifference.breaking("does not compile") : SqlDifference.NONE;
        }
        if (before.code().isPresent()) {
            return incremental(resource, before, now, touched, reasons);
        }
        if (before.sql().isEmpty()) {
            boolean rewritten = reasons.stream().anyMatch(reason -> reason.part() == Part.BODY);
            return rewritten ? SqlDifference.breaking("the earlier SQL is not known") : SqlDifference.NONE;
        }
        return changed(resource, now, before.sql().get(), sql.get(), touched, reasons);
    }

    private SqlDifference changed(
            Resource resource, NodeImage now, String old, String sql, boolean touched, List<Reason> reasons) {
        SqlDifference difference = compare(old, sql);
        if (!touched && !difference.none()) {
            if (macros.tellsTheRun(resource.code(), now.macros().keySet())) {
                return SqlDifference.NONE;
            }
            reasons.add(new Reason(Part.COMPILED, "variables, environment or what it asks the warehouse"));
        }
        return difference;
    }

    /** Of an incremental model the SQL of the kind of build that the earlier one was, so that the two compare. */
    private Optional<String> closest(Resource resource, NodeImage before, Optional<String> sql) {
        if (before.code().isEmpty() || before.sql().isEmpty() || sql.isEmpty()) {
            return sql;
        }
        try {
            return Optional.of(closer(
                    before.sql().get(),
                    compiler.compile(resource, Optional.of(false)),
                    compiler.compile(resource, Optional.of(true))));
        } catch (MillraceException e) {
            return sql;
        }
    }

    private static String closer(String old, String full, String part) {
        return UnifiedDiff.size(old, part) < UnifiedDiff.size(old, full) ? part : full;
    }

    /**
     * Its SQL depends on whether it is built in full. What it was written as is compiled both ways with the macros of
     * now; only if those have changed, the SQL kept is compared with the one it is closer to.
     */
    private SqlDifference incremental(
            Resource resource, NodeImage before, NodeImage now, boolean touched, List<Reason> reasons) {
        try {
            String full = compiler.compile(resource, Optional.of(false));
            String part = compiler.compile(resource, Optional.of(true));
            boolean sameMacros = reasons.stream().noneMatch(reason -> reason.part() == Part.MACRO);
            if (sameMacros && !before.body().equals(now.body())) {
                String code = before.code().orElseThrow();
                SqlDifference whole = compare(compiler.compile(resource, code, Optional.of(false)), full);
                SqlDifference increment = compare(compiler.compile(resource, code, Optional.of(true)), part);
                return whole.breaking() || whole.equals(increment) || !increment.breaking()
                        ? whole
                        : SqlDifference.breaking("what an increment holds");
            }
            if (before.sql().isEmpty()) {
                return touched ? SqlDifference.breaking("the earlier SQL is not known") : SqlDifference.NONE;
            }
            String old = before.sql().get();
            return changed(resource, now, old, closer(old, full, part), touched, reasons);
        } catch (MillraceException e) {
            return SqlDifference.breaking("cannot be compared: " + firstLine(e));
        }
    }

    private static String firstLine(MillraceException e) {
        return e.text().lines().findFirst().orElse(e.code().name());
    }

    private SqlDifference compare(String before, String now) {
        if (before.strip().equals(now.strip())) {
            return SqlDifference.NONE;
        }
        var old = parser.parse(before, relationsBefore);
        var current = parser.parse(now, relationsNow);
        return old.isEmpty() || current.isEmpty()
                ? SqlDifference.breaking("DuckDB's parser does not read it")
                : new QueryComparison(parser).compare(old.get(), current.get());
    }
}
