package dev.millrace.activate.internal.postgres;

import dev.millrace.activate.internal.destination.Rejection;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's errors mean for a sync, by their SQLSTATE (PostgreSQL manual, appendix A). */
final class PostgresFailures {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("23502", "NOT_NULL_VIOLATION"),
            Map.entry("23503", "FOREIGN_KEY_VIOLATION"),
            Map.entry("23505", "UNIQUE_VIOLATION"),
            Map.entry("23514", "CHECK_VIOLATION"),
            Map.entry("23P01", "EXCLUSION_VIOLATION"),
            Map.entry("22001", "VALUE_TOO_LONG"),
            Map.entry("22003", "NUMERIC_VALUE_OUT_OF_RANGE"),
            Map.entry("22007", "INVALID_DATETIME_FORMAT"),
            Map.entry("22008", "DATETIME_FIELD_OVERFLOW"),
            Map.entry("22P02", "INVALID_TEXT_REPRESENTATION"),
            Map.entry("P0001", "RAISE_EXCEPTION"));

    private PostgresFailures() {}

    /** Whether a row, and not the system, is the cause. */
    static boolean isOfRow(SQLException e) {
        String state = state(e);
        return state.startsWith("22") || state.startsWith("23") || state.equals("P0001") || state.equals("44000");
    }

    /** Whether the same transaction may well succeed at once. */
    static boolean mayPass(SQLException e) {
        return state(e).equals("40001") || state(e).equals("40P01");
    }

    static Rejection rejection(SQLException e) {
        Optional<ServerErrorMessage> server = e instanceof PSQLException known
                ? Optional.ofNullable(known.getServerErrorMessage())
                : Optional.empty();
        String detail = server.map(ServerErrorMessage::getDetail)
                .map(text -> " (" + text + ")")
                .orElse("");
        return new Rejection(
                NAMES.getOrDefault(state(e), "SQLSTATE_" + state(e)),
                said(e) + detail,
                server.map(ServerErrorMessage::getColumn).map(List::of).orElse(List.of()));
    }

    static MillraceException failure(SQLException e, PostgresTarget target, String attempt) {
        String said = target.withoutSecrets(said(e));
        String where = target.address();
        return switch (state(e)) {
            case "28P01", "28000" ->
                new MillraceException(
                        ErrorCode.AUTHENTICATION_FAILED,
                        where + " does not let '" + target.user() + "' in: " + said,
                        target.settings().position(),
                        "Check 'user' and 'password' of '" + target.name()
                                + "' in millrace.yml, and pg_hba.conf on the server.",
                        e);
            case "3D000" ->
                new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "there is no database '" + target.database() + "' on " + where,
                        target.settings().position(),
                        "Check 'database' of '" + target.name() + "' in millrace.yml.",
                        e);
            case "08001", "08004", "57P03" ->
                new MillraceException(
                        ErrorCode.CONNECTION_REFUSED,
                        "cannot connect to PostgreSQL at " + where + ": " + said,
                        target.settings().position(),
                        "Check that the server runs and can be reached, and 'host' and 'port' of '" + target.name()
                                + "' in millrace.yml.",
                        e);
            case "08000", "08003", "08006", "08P01", "57P01", "57P02", "57P05" ->
                new MillraceException(
                        ErrorCode.CONNECTION_LOST,
                        "the connection to PostgreSQL at " + where + " was lost " + attempt + ": " + said,
                        target.settings().position(),
                        "What was committed is recorded. Run again: the sync goes on from there.",
                        e);
            case "42501" ->
                new MillraceException(
                        ErrorCode.DESTINATION_FAILED,
                        said,
                        target.settings().position(),
                        "Grant it on the server: GRANT SELECT, INSERT, UPDATE, DELETE ON … TO " + target.user() + ".",
                        e);
            default ->
                new MillraceException(
                        ErrorCode.DESTINATION_FAILED, "PostgreSQL failed " + attempt + ": " + said, null, null, e);
        };
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static String said(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message).replaceFirst("^(ERROR|FATAL|PANIC): ", "");
    }
}
