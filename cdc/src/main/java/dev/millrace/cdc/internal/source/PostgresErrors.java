package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.config.Endpoint;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.sql.SQLException;

/** What PostgreSQL's errors mean, by their SQLSTATE (PostgreSQL manual, appendix A). */
final class PostgresErrors {
    private PostgresErrors() {}

    /** How Debezium begins to tell of a value that it could not convert. */
    static final String UNCONVERTED = "Failed to properly convert data value for ";

    static MillraceException of(Throwable failure, Endpoint endpoint, String attempt) {
        String where = endpoint.host() + ":" + endpoint.port();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MillraceException known) {
                return known;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return of(sql, endpoint, where, attempt);
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith(UNCONVERTED)) {
                return unconverted(message, endpoint, failure);
            }
            if (cause instanceof IOException) {
                return lost(cause, endpoint, where, attempt);
            }
        }
        return new MillraceException(
                ErrorCode.SOURCE_FAILED,
                "PostgreSQL at " + where + " failed " + attempt + ": " + said(failure, endpoint),
                endpoint.position(),
                null,
                failure);
    }

    static MillraceException unconverted(String message, Endpoint endpoint, Throwable failure) {
        return new MillraceException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "the warehouse cannot hold a value of " + message.substring(UNCONVERTED.length()),
                endpoint.position(),
                "A decimal is never NaN or infinite. Change the value in the source, or leave the column out with"
                        + " column.exclude.list.",
                failure);
    }

    private static MillraceException of(SQLException e, Endpoint endpoint, String where, String attempt) {
        String said = said(e, endpoint);
        String state = e.getSQLState();
        return switch (state) {
            case "28P01", "28000" ->
                new MillraceException(
                        ErrorCode.AUTHENTICATION_FAILED,
                        where + " does not let '" + endpoint.user() + "' in: " + said,
                        endpoint.position(),
                        "Check the user and the password, and pg_hba.conf on the server.",
                        e);
            case "3D000" ->
                new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "there is no database '" + endpoint.database() + "' on " + where,
                        endpoint.position(),
                        "Check database.dbname.",
                        e);
            case "08001", "08004", "57P03" ->
                new MillraceException(
                        ErrorCode.CONNECTION_REFUSED,
                        "cannot connect to PostgreSQL at " + where + ": " + said,
                        endpoint.position(),
                        "Check that the server runs and can be reached.",
                        e);
            case "08000", "08003", "08006", "08P01", "57P01", "57P02", "57P05" -> lost(e, endpoint, where, attempt);
            case "42501" ->
                new MillraceException(
                        ErrorCode.CDC_NOT_READY,
                        said,
                        endpoint.position(),
                        "'" + endpoint.user()
                                + "' needs REPLICATION, SELECT on the tables, and for the publication their"
                                + " ownership and CREATE on the database; or set publication.autocreate.mode:"
                                + " disabled and create the publication yourself.",
                        e);
            default ->
                new MillraceException(
                        ErrorCode.SOURCE_FAILED,
                        "PostgreSQL at " + where + " failed " + attempt + ": " + said,
                        endpoint.position(),
                        null,
                        e);
        };
    }

    private static MillraceException lost(Throwable e, Endpoint endpoint, String where, String attempt) {
        return new MillraceException(
                ErrorCode.CONNECTION_LOST,
                "the connection to PostgreSQL at " + where + " was lost " + attempt + ": " + said(e, endpoint),
                endpoint.position(),
                "What was read is safe. Run again.",
                e);
    }

    private static String said(Throwable e, Endpoint endpoint) {
        Throwable told = e;
        while (told.getCause() != null && !(told instanceof SQLException)) {
            told = told.getCause();
        }
        String message = String.valueOf(told.getMessage());
        String line = message.lines().findFirst().orElse(message);
        return endpoint.withoutSecrets(line.replaceFirst("^(ERROR|FATAL|PANIC): ", ""));
    }
}
