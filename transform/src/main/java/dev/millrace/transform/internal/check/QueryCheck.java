package dev.millrace.transform.internal.check;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.QueryLineage;
import dev.millrace.sql.SyntaxTree;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.run.DryCompiler;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.shadow.Binding;
import dev.millrace.warehouse.shadow.Shadow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Binds the queries of nodes and judges what the engine says of them. */
final class QueryCheck {
    /** More unknown columns than this in one query are found by mending the first. */
    private static final int AT_ONCE = 20;

    private final Shadow shadow;
    private final ShadowTables tables;
    private final WatchedSession session;
    private final DryCompiler compiler;
    private final Verdicts verdicts;
    private final TemplatePlaces places;
    private boolean hooksKnown = true;

    QueryCheck(Shadow shadow, ShadowTables tables, WatchedSession session, DryCompiler compiler, Verdicts verdicts) {
        this.shadow = shadow;
        this.tables = tables;
        this.session = session;
        this.compiler = compiler;
        this.verdicts = verdicts;
        this.places = new TemplatePlaces(compiler);
    }

    /**
     * What a query gives.
     *
     * @param complete whether it gives no other columns
     * @param typed whether the types are known for certain
     */
    record Answer(List<Column> columns, boolean complete, boolean typed, QueryLineage lineage) {
        static final Answer NOTHING = new Answer(List.of(), false, false, QueryLineage.unknown(List.of()));
    }

    /** @param all whether the shadow has everything that the hooks at the start make */
    void hooksRun(boolean all) {
        hooksKnown = all;
    }

    Answer check(Resource resource) {
        session.begin(resource.relation());
        String sql;
        try {
            sql = compiler.compile(resource);
        } catch (MillraceException e) {
            if (session.asked().isEmpty()) {
                verdicts.problem(resource.id(), e);
            } else {
                verdicts.unbound(resource.id(), session.asked().orElseThrow());
            }
            return Answer.NOTHING;
        }
        boolean prepared = !resource.config().hooks("pre-hook").isEmpty();
        Query query = new Query(
                resource.id(),
                sql,
                resource.dependencies().nodes(),
                Optional.of(resource.relation()),
                hooksKnown && !prepared);
        return bind(query, refused -> places.of(resource, sql, refused.offset(), lastPart(refused.name())));
    }

    /** Binds a query that comes from no template. */
    void bind(NodeId id, Position position, String sql) {
        bind(new Query(id, sql, List.of(), Optional.empty(), hooksKnown), refused -> position);
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Where a refusal is to be shown. */
    private interface Place {
        Position of(Binding.Refused refused);
    }

    /**
     * A node's query.
     *
     * @param self the relation it makes
     * @param prepared whether nothing runs before it of which the shadow does not know
     */
    record Query(NodeId node, String sql, List<NodeId> inputs, Optional<RelationName> self, boolean prepared) {}

    private Answer bind(Query query, Place place) {
        if (query.node().kind() == NodeKind.TEST && isSound(query)) {
            return Answer.NOTHING;
        }
        Optional<SyntaxTree> tree = SyntaxTree.ofJson(shadow.syntaxTree(query.sql()));
        Optional<QueryLineage> lineage = tree.map(one -> QueryLineage.of(one, tables));
        lineage.ifPresent(found -> tables.assume(found.mentions()));
        Set<ShadowTable> read = read(query, lineage);
        read.forEach(tables::define);
        boolean shaped = read.stream().allMatch(ShadowTable::complete)
                && lineage.map(found -> found.unknownTables().isEmpty()).orElse(true);
        boolean typed = shaped
                && read.stream().allMatch(ShadowTable::typed)
                && session.asked().isEmpty();
        Binding binding = shadow.bind(query.sql());
        if (binding instanceof Binding.Bound bound) {
            List<String> names = bound.columns().stream().map(Column::name).toList();
            boolean complete = lineage.map(QueryLineage::complete).orElse(shaped)
                    && session.asked().isEmpty();
            QueryLineage named = complete
                    ? lineage.map(found -> found.named(names)).orElse(QueryLineage.unknown(names))
                    : lineage.orElse(QueryLineage.unknown(names));
            session.asked()
                    .or(() -> shaped ? Optional.empty() : Optional.of(inPart(read, lineage)))
                    .ifPresent(reason -> verdicts.unbound(query.node(), reason));
            return new Answer(bound.columns(), complete, typed, named);
        }
        Binding.Refused refused = (Binding.Refused) binding;
        Judgement judgement = new Judgement(query, lineage, shaped, typed, tables.existing(), session.asked());
        Optional<String> doubt = judgement.doubt(refused);
        if (doubt.isPresent()) {
            verdicts.unbound(query.node(), doubt.get());
        } else {
            verdicts.problem(query.node(), judgement.error(refused, place.of(refused)));
            others(query, refused, judgement, place);
        }
        QueryLineage known = lineage.orElse(QueryLineage.unknown(List.of()));
        List<Column> names = known.columns().stream()
                .map(column -> ShadowTable.any(column.name()))
                .toList();
        return new Answer(names, false, false, known);
    }

    /** A test of tables that are known has no columns that anybody needs: it is enough that it binds. */
    private boolean isSound(Query query) {
        if (session.asked().isPresent()) {
            return false;
        }
        for (NodeId input : query.inputs()) {
            Optional<ShadowTable> table = tables.byId(input.toString()).filter(ShadowTable::complete);
            if (table.isEmpty()) {
                return false;
            }
            tables.define(table.get());
        }
        return shadow.bind(query.sql()) instanceof Binding.Bound;
    }

    /** What was bound as if tables of unknown shape had whatever is asked of them. */
    private static String inPart(Set<ShadowTable> read, Optional<QueryLineage> lineage) {
        Set<String> unknown = new TreeSet<>();
        read.stream()
                .filter(table -> !table.complete())
                .forEach(table -> unknown.add(table.name().toString()));
        lineage.ifPresent(found -> unknown.addAll(found.unknownTables()));
        return "only in part: the columns of " + String.join(", ", unknown) + " are not all known";
    }

    /** The tables that a query reads as far as can be told: of the graph, and of its text. */
    private Set<ShadowTable> read(Query query, Optional<QueryLineage> lineage) {
        Set<ShadowTable> read = new HashSet<>();
        lineage.ifPresentOrElse(
                found -> found.tables().forEach(id -> tables.byId(id).ifPresent(read::add)),
                () -> query.inputs().forEach(id -> tables.byId(id.toString()).ifPresent(read::add)));
        return read;
    }

    /** Finds further unknown columns, each time with a constant in place of the one before. */
    private void others(Query query, Binding.Refused first, Judgement judgement, Place place) {
        Set<String> known = new HashSet<>(Set.of(first.name()));
        String sql = query.sql();
        Binding.Refused refused = first;
        for (int i = 0; i < AT_ONCE; i++) {
            if (refused.reason() != Binding.Reason.COLUMN || refused.offset() < 0 || refused.length() == 0) {
                return;
            }
            String constant = refused.length() < "null".length() ? "1" : "null";
            int end = refused.offset() + refused.length();
            sql = sql.substring(0, refused.offset())
                    + constant
                    + " ".repeat(refused.length() - constant.length())
                    + sql.substring(end);
            if (!(shadow.bind(sql) instanceof Binding.Refused next) || next.reason() != Binding.Reason.COLUMN) {
                return;
            }
            // A column without its name is missed by what reads it: that is not the file's fault.
            if (known.add(next.name()) && judgement.doubt(next).isEmpty()) {
                verdicts.problem(query.node(), judgement.error(next, place.of(next)));
            }
            refused = next;
        }
    }
}
