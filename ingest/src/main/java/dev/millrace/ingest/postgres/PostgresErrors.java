package dev.millrace.ingest.postgres;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's errors mean, by their SQLSTATE (PostgreSQL manual, appendix A). */
final class PostgresErrors {
    private PostgresErrors() {}

    static MillraceException of(SQLException e, PostgresSettings settings, String attempt) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String where = settings.host() + ":" + settings.port();
        String said = settings.withoutSecrets(firstLine(e));
        Position position = settings.position();
        return switch (state) {
            case "28P01", "28000" ->
                error(
                        ErrorCode.AUTHENTICATION_FAILED,
                        where + " does not let '" + settings.user() + "' in: " + said,
                        settings.positionOf("password", "pass", "user", "username"),
                        "Check 'user' and 'password' of source '" + settings.name()
                                + "' in millrace.yml, and pg_hba.conf" + " on the server.",
                        e);
            case "3D000" ->
                error(
                        ErrorCode.CONFIG_INVALID,
                        "there is no database '" + settings.database() + "' on " + where,
                        settings.positionOf("database", "dbname", "db", "url"),
                        "Check 'database' of source '" + settings.name() + "' in millrace.yml.",
                        e);
            case "08001", "08004", "57P03" ->
                error(
                        ErrorCode.CONNECTION_REFUSED,
                        "cannot connect to PostgreSQL at " + where + ": " + said,
                        settings.positionOf("host", "url", "jdbc_url", "port"),
                        "Check that the server runs and can be reached, and 'host' and 'port' of source '"
                                + settings.name() + "' in millrace.yml.",
                        e);
            case "08000", "08003", "08006", "08P01", "57P01", "57P02", "57P05" ->
                error(
                        ErrorCode.CONNECTION_LOST,
                        "the connection to PostgreSQL at " + where + " was lost " + attempt + ": " + said,
                        position,
                        "Nothing was changed in the warehouse. Run again.",
                        e);
            case "42P01", "3F000" -> error(ErrorCode.STREAM_NOT_FOUND, said, null, null, e);
            case "42501" ->
                error(
                        ErrorCode.SOURCE_FAILED,
                        said,
                        null,
                        "Grant it on the server: GRANT SELECT ON … TO " + settings.user() + ".",
                        e);
            case "57014" -> error(ErrorCode.SOURCE_FAILED, "the server cancelled the query: " + said, null, null, e);
            case "55P03" ->
                error(
                        ErrorCode.SOURCE_FAILED,
                        "another session holds a lock on the table: " + said,
                        null,
                        "Run again when the ALTER TABLE, TRUNCATE or VACUUM FULL that holds it is done.",
                        e);
            default -> error(ErrorCode.SOURCE_FAILED, "PostgreSQL failed " + attempt + ": " + said, null, null, e);
        };
    }

    private static MillraceException error(
            ErrorCode code, String message, @Nullable Position position, @Nullable String hint, SQLException cause) {
        return new MillraceException(code, message, position, hint, cause);
    }

    private static String firstLine(SQLException e) {
        String message = String.valueOf(e.getMessage());
        String line = message.lines().findFirst().orElse(message);
        return line.replaceFirst("^(ERROR|FATAL|PANIC): ", "");
    }
}
