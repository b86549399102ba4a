package dev.millrace.cdc.internal.apply;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements that bring staged rows into their tables. */
final class StageSql {
    private final Dialect dialect;
    private final String stage;
    private final String table;
    private final List<String> columns;

    /** @param columns of the source's rows */
    StageSql(Dialect dialect, RelationName stage, RelationName table, List<String> columns) {
        this.dialect = dialect;
        this.stage = dialect.quote(stage);
        this.table = dialect.quote(table);
        this.columns = columns;
    }

    /** Gives one column of staged rows the value it has in the table. */
    String keep(int column, List<String> key) {
        String name = dialect.quote(columns.get(column));
        String same = IntStream.range(0, key.size())
                .mapToObj(i -> "known." + dialect.quote(key.get(i)) + " = fresh." + dialect.quote(StageReader.BASE + i))
                .collect(Collectors.joining(" and "));
        return "update " + stage + " as fresh set " + name + " = known." + name + " from " + table
                + " as known where contains(fresh." + dialect.quote(StageReader.KEPT) + ", '," + column + ",') and "
                + same;
    }

    /** Removes the rows with the keys of staged ones. */
    String remove(List<String> key, String also) {
        return "delete from " + table + " as known using " + stage + " as fresh where " + same(key) + also;
    }

    /** Marks the rows with the keys of staged ones as deleted. */
    String mark(List<String> key) {
        return "update " + table + " as known set " + deletion("fresh.") + " from " + stage + " as fresh where "
                + same(key) + " and fresh." + dialect.quote(StageReader.SIGN) + " < 0";
    }

    /** Adds the staged rows that are to be there. */
    String insert(List<String> own, String where) {
        List<String> names = new ArrayList<>(columns);
        names.addAll(own);
        String list = quoted(names);
        return "insert into " + table + " (" + list + ", " + dialect.quote(RawTable.LOADED_AT) + ") select " + list
                + ", current_timestamp from " + stage + where;
    }

    /** What every row must have for {@link #insert} into the table of current rows. */
    String present() {
        return " where " + dialect.quote(StageReader.SIGN) + " > 0";
    }

    /** In the order of the changes. */
    String ordered() {
        return " order by " + dialect.quote(StageReader.SEQUENCE);
    }

    /** Adds up equal rows of a table without a key: how many more, or fewer, there are to be of each. */
    String net(String name) {
        String list = quoted(columns);
        String sign = dialect.quote(StageReader.SIGN);
        String last = List.of(StageReader.OP, StageReader.POSITION).stream()
                .map(dialect::quote)
                .map(one -> "arg_max(" + one + ", " + dialect.quote(StageReader.SEQUENCE) + ") as " + one)
                .collect(Collectors.joining(", "));
        return "create temp table " + dialect.quote(name) + " as select " + list + ", sum(" + sign + ") as " + sign
                + ", " + last + " from " + stage + " group by " + list + " having sum(" + sign + ") <> 0";
    }

    /** The rows of the table that a net loss takes: equal ones are as good as each other. */
    private String taken(String net, String where) {
        String own = columns.stream()
                .map(dialect::quote)
                .map(name -> "known." + name)
                .collect(Collectors.joining(", "));
        String sign = dialect.quote(StageReader.SIGN);
        return "select row_id, op, position from (select known.rowid as row_id, net." + sign + " as sign, net."
                + dialect.quote(StageReader.OP) + " as op, net." + dialect.quote(StageReader.POSITION)
                + " as position, row_number() over (partition by " + own + ") as place from " + table
                + " as known join " + dialect.quote(net) + " as net on " + alike() + " where net." + sign + " < 0"
                + where + ") as found where place <= -sign";
    }

    String takeAway(String net) {
        return "delete from " + table + " where rowid in (select row_id from (" + taken(net, "") + ") as taken)";
    }

    String markTaken(String net) {
        String notDeleted = " and not known." + dialect.quote(StageReader.DELETED);
        return "update " + table + " as known set " + dialect.quote(StageReader.DELETED) + " = true, "
                + dialect.quote(StageReader.OP) + " = 'd', " + dialect.quote(StageReader.POSITION)
                + " = taken.position, " + dialect.quote(RawTable.LOADED_AT) + " = current_timestamp from ("
                + taken(net, notDeleted) + ") as taken where known.rowid = taken.row_id";
    }

    String loss(String net) {
        String sign = dialect.quote(StageReader.SIGN);
        return "select coalesce(-sum(" + sign + "), 0) from " + dialect.quote(net) + " where " + sign + " < 0";
    }

    String addNet(String net) {
        String list = quoted(columns);
        String sign = dialect.quote(StageReader.SIGN);
        String own = quoted(List.of(StageReader.OP, StageReader.POSITION));
        return "insert into " + table + " (" + list + ", " + own + ", " + dialect.quote(StageReader.DELETED) + ", "
                + dialect.quote(RawTable.LOADED_AT) + ") select " + list + ", " + own
                + ", false, current_timestamp from " + dialect.quote(net) + ", range(" + sign + "::bigint) where "
                + sign + " > 0";
    }

    private String alike() {
        return columns.stream()
                .map(dialect::quote)
                .map(name -> "known." + name + " is not distinct from net." + name)
                .collect(Collectors.joining(" and "));
    }

    private String deletion(String from) {
        return dialect.quote(StageReader.DELETED) + " = true, "
                + List.of(StageReader.OP, StageReader.POSITION).stream()
                        .map(dialect::quote)
                        .map(name -> name + " = " + from + name)
                        .collect(Collectors.joining(", "))
                + ", " + dialect.quote(RawTable.LOADED_AT) + " = current_timestamp";
    }

    private String same(List<String> key) {
        return key.stream()
                .map(dialect::quote)
                .map(name -> "known." + name + " = fresh." + name)
                .collect(Collectors.joining(" and "));
    }

    private String quoted(List<String> names) {
        return names.stream().map(dialect::quote).collect(Collectors.joining(", "));
    }
}
