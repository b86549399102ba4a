package dev.millrace.events.internal.kafka;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/** Errors of Kafka's clients as ours. Stateless. */
public final class KafkaErrors {
    private KafkaErrors() {}

    /**
     * @param doing what was being attempted, such as "read topic events"
     * @param servers where
     */
    public static MillraceException of(Throwable error, String doing, String servers) {
        Throwable cause = error;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof MillraceException known) {
            return known;
        }
        if (cause instanceof WakeupException
                || cause instanceof InterruptException
                || cause instanceof InterruptedException) {
            return new MillraceException(ErrorCode.CANCELLED, "cancelled", cause);
        }
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "Kafka at " + servers + " does not let us " + doing + ": " + text(cause),
                    null,
                    "Check 'security.protocol' and the 'sasl.' and 'ssl.' keys under 'properties', and the user's rights.",
                    cause);
        }
        if (cause instanceof TimeoutException) {
            return new MillraceException(
                    ErrorCode.CONNECTION_REFUSED,
                    "Kafka at " + servers + " does not answer: cannot " + doing,
                    null,
                    "Check 'bootstrap_servers', that the broker runs, and that the addresses it advertises can be"
                            + " reached from here. A broker that wants TLS or a login does not answer without.",
                    cause);
        }
        if (cause instanceof ConfigException config) {
            return misconfigured(config, servers);
        }
        if (cause.getCause() instanceof ConfigException config) {
            return misconfigured(config, servers);
        }
        if (cause instanceof InvalidTopicException || cause instanceof RecordTooLargeException) {
            return new MillraceException(ErrorCode.CONFIG_INVALID, "cannot " + doing + ": " + text(cause), cause);
        }
        if (cause instanceof KafkaException && cause.getCause() instanceof KafkaException deeper) {
            return of(deeper, doing, servers);
        }
        return new MillraceException(
                ErrorCode.SOURCE_FAILED, "cannot " + doing + " at " + servers + ": " + text(cause), cause);
    }

    private static MillraceException misconfigured(ConfigException config, String servers) {
        boolean address = text(config).contains("bootstrap");
        return new MillraceException(
                address ? ErrorCode.CONNECTION_REFUSED : ErrorCode.CONFIG_INVALID,
                address ? "Kafka's address " + servers + " cannot be resolved" : text(config),
                null,
                address ? "Check 'bootstrap_servers'." : "Check the keys under 'properties'.",
                config);
    }

    private static String text(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }
}
