package dev.millrace.salesforce;

import dev.millrace.core.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** Words what went wrong between us and Salesforce. */
final class Failures {
    private Failures() {}

    static SalesforceException refused(Answer answer, ErrorCode otherwise, String attempted) {
        String code = answer.errorCode();
        ErrorCode kind = answer.status() == 401
                ? ErrorCode.AUTHENTICATION_FAILED
                : code.equals("INVALID_TYPE") || code.equals("NOT_FOUND") ? ErrorCode.STREAM_NOT_FOUND : otherwise;
        return new SalesforceException(
                kind,
                code,
                answer.status(),
                "Salesforce refused to " + attempted + ": " + (code.isEmpty() ? "" : code + ": ")
                        + answer.errorMessage(),
                hint(code),
                null);
    }

    static SalesforceException signIn(Answer answer, URI url) {
        return new SalesforceException(
                ErrorCode.AUTHENTICATION_FAILED,
                answer.errorCode(),
                answer.status(),
                "Salesforce at " + url + " gave no access token: "
                        + (answer.errorCode().isEmpty() ? "" : answer.errorCode() + ": ") + answer.errorMessage(),
                "Check client_id, client_secret and the user of this Salesforce connection.",
                null);
    }

    static SalesforceException noAnswer(Throwable cause, SalesforceConfig config, String attempted) {
        URI url = config.url();
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException || isUnknownHost(cause)) {
            return new SalesforceException(
                    ErrorCode.CONNECTION_REFUSED,
                    "",
                    0,
                    "cannot reach Salesforce at " + url + " to " + attempted + said(cause),
                    "Check login_url, and that this machine can reach it.",
                    cause);
        }
        boolean timeout = cause instanceof HttpTimeoutException;
        return new SalesforceException(
                timeout ? ErrorCode.TIMEOUT : ErrorCode.CONNECTION_LOST,
                "",
                0,
                timeout
                        ? "no answer from Salesforce at " + url + " after "
                                + config.requestTimeout().toSeconds() + " s, when asked to " + attempted
                        : "the connection to Salesforce at " + url + " broke, when asked to " + attempted + said(cause),
                timeout ? "If it needs longer, raise timeout_seconds and retry_seconds of it in millrace.yml." : null,
                cause);
    }

    private static boolean isUnknownHost(@Nullable Throwable cause) {
        return cause != null
                && (cause instanceof UnknownHostException
                        || cause instanceof UnresolvedAddressException
                        || (cause instanceof IOException && isUnknownHost(cause.getCause())));
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    }

    private static @Nullable String hint(String code) {
        return switch (code) {
            case "REQUEST_LIMIT_EXCEEDED" ->
                "The organisation's API requests of the last 24 hours are used up; try later.";
            case "INVALID_SESSION_ID" -> "The access token is no longer good; give a new one, or sign in another way.";
            case "API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED" ->
                "The organisation or user has no access to the API.";
            default -> null;
        };
    }
}
