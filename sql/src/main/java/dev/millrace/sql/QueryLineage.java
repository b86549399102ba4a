package dev.millrace.sql;

import dev.millrace.sql.internal.QueryResolver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the answer of a query comes from. Immutable.
 *
 * @param columns in order, as far as they are known
 * @param complete whether there are no other columns: a star over a table of unknown shape gives more
 * @param conditions the columns that decide which rows there are: of filters, joins, grouping, limits
 * @param conditionsKnown whether {@code conditions} is all
 * @param tables the ids of the tables it reads
 * @param unknownTables the tables it reads of which nothing is known, as written, parts joined by a dot
 * @param mentions every column of a table that the query names anywhere
 * @param missing names, as written, of columns that none of the tables in sight has
 */
public record QueryLineage(
        List<OutputColumn> columns,
        boolean complete,
        Set<SourceColumn> conditions,
        boolean conditionsKnown,
        Set<String> tables,
        Set<String> unknownTables,
        Set<SourceColumn> mentions,
        Set<String> missing) {
    public QueryLineage {
        columns = List.copyOf(columns);
        conditions = Collections.unmodifiableSet(new TreeSet<>(conditions));
        tables = Collections.unmodifiableSet(new TreeSet<>(tables));
        unknownTables = Collections.unmodifiableSet(new TreeSet<>(unknownTables));
        mentions = Collections.unmodifiableSet(new TreeSet<>(mentions));
        missing = Collections.unmodifiableSet(new TreeSet<>(missing));
    }

    /** What is known of a query that cannot be followed: nothing but the names of its columns. */
    public static QueryLineage unknown(List<String> names) {
        return new QueryLineage(
                names.stream().map(OutputColumn::unknown).toList(),
                true,
                Set.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of());
    }

    /**
     * Binds the names in a query to the tables it reads.
     *
     * @param tables what is known of them
     */
    public static QueryLineage of(SyntaxTree tree, Tables tables) {
        return new QueryResolver(tables).lineage(tree.query());
    }

    /**
     * The same with the columns that the engine gives the answer. Where they do not agree with what was found here,
     * nothing is claimed of any of them.
     */
    public QueryLineage named(List<String> names) {
        boolean agree = complete && names.size() == columns.size();
        for (int i = 0; agree && i < names.size(); i++) {
            String own = columns.get(i).name();
            agree = own.isEmpty() || own.equalsIgnoreCase(names.get(i)) || isNumbered(names.get(i), own);
        }
        if (!agree) {
            return with(unknown(names).columns, false);
        }
        List<OutputColumn> renamed = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            OutputColumn column = columns.get(i);
            renamed.add(new OutputColumn(names.get(i), column.inputs(), column.known()));
        }
        return with(renamed, conditionsKnown);
    }

    private QueryLineage with(List<OutputColumn> others, boolean known) {
        return new QueryLineage(others, true, conditions, known, tables, unknownTables, mentions, missing);
    }

    /** The engine numbers columns of one name. */
    private static boolean isNumbered(String name, String own) {
        return name.length() > own.length()
                && name.regionMatches(true, 0, own, 0, own.length())
                && name.substring(own.length()).matches("[_:]\\d+");
    }
}
