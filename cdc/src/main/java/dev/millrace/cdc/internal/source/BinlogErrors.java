package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.config.DatabaseKind;
import dev.millrace.cdc.internal.config.Endpoint;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;

/**
 * What the errors of MySQL and MariaDB mean, by their numbers and SQLSTATE (MySQL manual, "Server Error Message
 * Reference"; MariaDB manual, "MariaDB Error Codes").
 */
final class BinlogErrors {
    private static final int CANNOT_READ_LOG = 1236;

    private BinlogErrors() {}

    static MillraceException of(Throwable failure, Endpoint endpoint, String attempt) {
        String where = endpoint.host() + ":" + endpoint.port();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MillraceException known) {
                return known;
            }
            if (cause instanceof SQLException sql) {
                return of(sql, endpoint, where, attempt);
            }
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith(PostgresErrors.UNCONVERTED)) {
                return PostgresErrors.unconverted(message, endpoint, failure);
            }
            if (message.contains("no longer available on the server") || message.contains("impossible position")) {
                return BinlogDatabase.lost(endpoint, message);
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return lost(cause, endpoint, where, attempt);
            }
        }
        return failed(failure, endpoint, where, attempt);
    }

    private static MillraceException of(SQLException e, Endpoint endpoint, String where, String attempt) {
        String said = said(e, endpoint);
        String state = String.valueOf(e.getSQLState());
        if (e.getErrorCode() == CANNOT_READ_LOG) {
            return BinlogDatabase.lost(endpoint, said);
        }
        if (e.getErrorCode() == 1045 || (state.equals("28000") && e.getErrorCode() != 1044)) {
            return new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    where + " does not let '" + endpoint.user() + "' in: " + said,
                    endpoint.position(),
                    "Check the user and the password.",
                    e);
        }
        if (state.startsWith("42") && said.toLowerCase(Locale.ROOT).contains("denied")) {
            return new MillraceException(
                    ErrorCode.CDC_NOT_READY,
                    said,
                    endpoint.position(),
                    "'" + endpoint.user() + "' needs SELECT, RELOAD, REPLICATION SLAVE, "
                            + (endpoint.kind() == DatabaseKind.MARIADB ? "BINLOG MONITOR" : "REPLICATION CLIENT")
                            + " and LOCK TABLES ON *.*.",
                    e);
        }
        if (state.startsWith("08")) {
            boolean refused = isUnreachable(e)
                    || said.toLowerCase(Locale.ROOT).contains("refused")
                    || said.toLowerCase(Locale.ROOT).contains("failed to connect")
                    || said.toLowerCase(Locale.ROOT).contains("unknown host");
            return refused
                    ? new MillraceException(
                            ErrorCode.CONNECTION_REFUSED,
                            "cannot connect to " + endpoint.kind().title() + " at " + where + ": " + said,
                            endpoint.position(),
                            "Check that the server runs and can be reached.",
                            e)
                    : lost(e, endpoint, where, attempt);
        }
        return failed(e, endpoint, where, attempt);
    }

    /** MySQL's driver says the same of a connection that could not be made and of one that was lost. */
    private static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static MillraceException failed(Throwable e, Endpoint endpoint, String where, String attempt) {
        return new MillraceException(
                ErrorCode.SOURCE_FAILED,
                endpoint.kind().title() + " at " + where + " failed " + attempt + ": " + said(e, endpoint),
                endpoint.position(),
                null,
                e);
    }

    private static MillraceException lost(Throwable e, Endpoint endpoint, String where, String attempt) {
        return new MillraceException(
                ErrorCode.CONNECTION_LOST,
                "the connection to " + endpoint.kind().title() + " at " + where + " was lost " + attempt + ": "
                        + said(e, endpoint),
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
        return endpoint.withoutSecrets(message.lines().findFirst().orElse(message));
    }
}
