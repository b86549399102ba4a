package dev.millrace.stream.internal.delta;

import dev.millrace.delta.DeltaTable;
import dev.millrace.delta.DeltaTransaction;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import dev.millrace.warehouse.Table;
import dev.millrace.warehouse.model.Model;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The Delta table of a streaming model. What a refresh changed is noted in the warehouse in the refresh's own
 * transaction; a later commit to Delta takes over everything noted since the version that Delta says it has. So nothing
 * is lost or written twice, whenever either side stops. Owned by one thread.
 */
public final class DeltaMirror {
    private final Model model;
    private final DeltaConfig config;
    private final Session session;
    private final DeltaTable table;
    private final String notes;
    private final String node;
    private final String application;
    private long lastNanos = System.nanoTime();
    private boolean looked;
    private int commits;

    public DeltaMirror(Model model, DeltaConfig config, Session session) {
        this.model = model;
        this.config = config;
        this.session = session;
        this.table = config.table();
        this.notes = session.dialect().quote(session.warehouse().relation(StateStore.SCHEMA, "delta_changes"));
        this.application = model.id().toString();
        this.node = session.dialect().literal(application);
    }

    /** Makes the table of notes, outside any transaction. */
    public void create() {
        if (session.relationType(session.warehouse().relation(StateStore.SCHEMA, "delta_changes"))
                .isEmpty()) {
            session.execute(
                    "create table if not exists " + notes
                            + " (node varchar not null, version bigint not null, window_us bigint, after_position varchar, upto_position varchar)");
        }
    }

    /** The version Delta has; 0 if it has none. */
    public long version() {
        return table.version(application).orElse(0);
    }

    /** Notes that everything changed. */
    public void noteAll(long version) {
        session.execute("insert into " + notes + " values (" + node + ", " + version + ", null, null, null)");
    }

    /** @param windows a query of windows in microseconds since 1970 */
    public void noteWindows(long version, String windows) {
        session.execute("insert into " + notes + " select " + node + ", " + version + ", w, null, null from (" + windows
                + ") t(w)");
    }

    public void noteRows(long version, @Nullable String after, String upTo) {
        String low = after == null ? "null" : session.dialect().literal(after);
        session.execute("insert into " + notes + " values (" + node + ", " + version + ", null, " + low + ", "
                + session.dialect().literal(upTo) + ")");
    }

    /** Whether it is time to commit to Delta again. */
    public boolean due() {
        return !looked || System.nanoTime() - lastNanos >= config.interval().toNanos();
    }

    /**
     * Takes over what has been noted.
     *
     * @param rows the query of the rows after one position up to another
     */
    public void flush(BiFunction<@Nullable String, String, String> rows) {
        long done = version();
        long written = session.inTransaction(() -> write(done, rows));
        session.execute(
                "delete from " + notes + " where node = " + node + " and version <= " + Math.max(done, written));
        looked = true;
        lastNanos = System.nanoTime();
        if (written > 0 && commits++ % 100 == 0) {
            table.vacuum(config.retention());
        }
    }

    private long write(long done, BiFunction<@Nullable String, String, String> rows) {
        String fresh = " from " + notes + " where node = " + node + " and version > " + done;
        Table known = session.query("select max(version), count(window_us), count(upto_position), count(*)" + fresh);
        List<@Nullable Object> row = known.rows().get(0);
        if (!(row.get(0) instanceof Number latest)) {
            return 0;
        }
        long all = ((Number) java.util.Objects.requireNonNull(row.get(3))).longValue();
        boolean windows = row.get(1) instanceof Number n && n.longValue() == all;
        boolean appended = row.get(2) instanceof Number n && n.longValue() == all;
        DeltaTransaction transaction = new DeltaTransaction(application, latest.longValue());
        String target = session.dialect().quote(model.relation());
        if (windows && done > 0) {
            String keys = "select distinct make_timestamptz(window_us) as window_start" + fresh;
            table.replace(
                    session,
                    "select * from " + target + " where window_start in (" + keys + ")",
                    keys,
                    config.partitionBy(),
                    transaction);
        } else if (appended && done > 0) {
            Table stretch =
                    session.query("select arg_min(after_position, version), arg_max(upto_position, version)" + fresh);
            Object after = stretch.rows().get(0).get(0);
            String query = rows.apply(
                    after == null ? null : String.valueOf(after),
                    String.valueOf(stretch.rows().get(0).get(1)));
            table.append(session, query, config.partitionBy(), transaction);
        } else {
            table.overwrite(session, "select * from " + target, config.partitionBy(), transaction);
        }
        return latest.longValue();
    }

    /** The next version after {@code known} that Delta can take. */
    public long after(long known) {
        OptionalLong there = table.version(application);
        return Math.max(known, there.orElse(0)) + 1;
    }
}
