package dev.millrace.activate.internal.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.activate.internal.destination.Delivery;
import dev.millrace.activate.internal.destination.Departure;
import dev.millrace.activate.internal.destination.Encoded;
import dev.millrace.activate.internal.destination.Item;
import dev.millrace.activate.internal.destination.KeyText;
import dev.millrace.activate.internal.destination.Outcome;
import dev.millrace.activate.internal.destination.Pace;
import dev.millrace.activate.internal.destination.Rejection;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes rows of one table: each batch goes to a staging table by COPY and from there into the table, in one
 * transaction. A batch with a row that PostgreSQL refuses is halved until the row is alone.
 */
final class PostgresDelivery implements Delivery {
    private static final int ATTEMPTS = 5;

    private final Connection connection;
    private final PostgresTarget target;
    private final TargetTable table;
    private final SyncMode mode;
    private final Pace pace;
    private final BatchSql sql;

    PostgresDelivery(Connection connection, PostgresTarget target, TargetTable table, SyncMode mode, Pace pace)
            throws SQLException {
        this.connection = connection;
        this.target = target;
        this.table = table;
        this.mode = mode;
        this.pace = pace;
        this.sql = new BatchSql(table);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.createStage());
        }
        connection.setAutoCommit(false);
    }

    @Override
    public List<MappedField> keys() {
        return table.keys();
    }

    @Override
    public Encoded encode(List<@Nullable Object> values) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        Optional<Rejection> problem = Optional.empty();
        for (int i = 0; i < values.size(); i++) {
            TargetColumn column = table.columns().get(i);
            Object value = values.get(i);
            record.put(column.name(), FieldTexts.of(column, value));
            Optional<String> loss = FieldTexts.loss(column, value);
            if (loss.isPresent() && problem.isEmpty()) {
                problem = Optional.of(new Rejection(
                        "VALUE_NOT_CONVERTIBLE", column.name() + ": " + loss.get(), List.of(column.name())));
            }
        }
        return new Encoded(record, problem);
    }

    @Override
    public List<Outcome> deliver(List<Item> items) {
        List<StagedRow> rows = new ArrayList<>(items.size());
        for (Item item : items) {
            List<@Nullable String> values = new ArrayList<>();
            for (TargetColumn column : table.columns()) {
                JsonNode value = item.record().path(column.name());
                values.add(value.isNull() ? null : value.asText());
            }
            rows.add(new StagedRow(item.key(), values));
        }
        return write(rows, this::write);
    }

    @Override
    public List<Outcome> delete(List<Departure> records) {
        List<StagedRow> rows = new ArrayList<>(records.size());
        for (Departure record : records) {
            List<@Nullable String> values =
                    new ArrayList<>(KeyText.split(record.key(), table.keys().size()));
            while (values.size() < table.columns().size()) {
                values.add(null);
            }
            rows.add(new StagedRow(record.key(), values));
        }
        return write(rows, this::delete);
    }

    /** What is done with a batch that is staged. */
    private interface Work {
        List<Outcome> on(List<StagedRow> rows, Statement statement) throws SQLException;
    }

    private List<Outcome> write(List<StagedRow> rows, Work work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction(rows, work);
            } catch (SQLException e) {
                rollback();
                boolean again = PostgresFailures.mayPass(e) && attempt < ATTEMPTS;
                if (!again && !PostgresFailures.isOfRow(e)) {
                    throw PostgresFailures.failure(e, target, "while writing " + table.sql());
                }
                if (!again) {
                    return rows.size() == 1
                            ? List.of(new Outcome.Refused(PostgresFailures.rejection(e)))
                            : halves(rows, work);
                }
            }
        }
    }

    private List<Outcome> halves(List<StagedRow> rows, Work work) {
        int middle = rows.size() / 2;
        List<Outcome> outcomes = new ArrayList<>(write(rows.subList(0, middle), work));
        outcomes.addAll(write(rows.subList(middle, rows.size()), work));
        return outcomes;
    }

    private List<Outcome> transaction(List<StagedRow> rows, Work work) throws SQLException {
        awaitTurn();
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        try (Statement statement = connection.createStatement()) {
            StagedRow.copy(rows, copies.copyIn(sql.copy()));
            List<Outcome> outcomes = work.on(rows, statement);
            connection.commit();
            return outcomes;
        }
    }

    private List<Outcome> write(List<StagedRow> rows, Statement statement) throws SQLException {
        if (mode != SyncMode.UPDATE) {
            statement.executeUpdate(sql.write(mode));
            return accepted(rows);
        }
        Set<Integer> found = new HashSet<>();
        try (ResultSet numbers = statement.executeQuery(sql.write(mode))) {
            while (numbers.next()) {
                found.add(numbers.getInt(1));
            }
        }
        List<Outcome> outcomes = new ArrayList<>(rows.size());
        for (int n = 0; n < rows.size(); n++) {
            String key = rows.get(n).key();
            outcomes.add(
                    found.contains(n)
                            ? new Outcome.Accepted(key)
                            : new Outcome.Refused(new Rejection(
                                    "RECORD_NOT_FOUND",
                                    "no row of " + table.sql() + " has the key '" + key + "'",
                                    keys().stream().map(MappedField::field).toList())));
        }
        return outcomes;
    }

    private List<Outcome> delete(List<StagedRow> rows, Statement statement) throws SQLException {
        statement.executeUpdate(sql.delete());
        return accepted(rows);
    }

    private static List<Outcome> accepted(List<StagedRow> rows) {
        return rows.stream()
                .<Outcome>map(row -> new Outcome.Accepted(row.key()))
                .toList();
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw PostgresFailures.failure(e, target, "while writing " + table.sql());
        }
    }

    private void awaitTurn() {
        try {
            pace.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }
}
