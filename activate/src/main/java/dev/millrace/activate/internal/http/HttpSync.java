package dev.millrace.activate.internal.http;

import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlScalar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sync to an HTTP service says of its requests.
 *
 * @param delete only of a mirror
 * @param results where the answer tells of each record, if it does
 */
record HttpSync(RequestTemplate write, Optional<RequestTemplate> delete, Optional<AnswerResults> results) {
    static final List<String> KEYS = List.of("method", "body", "delete", "results");
    private static final List<String> METHODS = List.of("POST", "PUT", "PATCH");
    private static final List<String> DELETE_METHODS = List.of("DELETE", "POST", "PUT", "PATCH");

    /** @throws MillraceException CONFIG_INVALID or CONFIG_MISSING at what is wrong in syncs.yml */
    static HttpSync read(Sync sync) {
        YamlMap more = sync.destination().more();
        Position at = sync.destination().objectPosition();
        YamlScalar path =
                new YamlScalar(sync.destination().object(), sync.destination().object(), at);
        if (sync.keys().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "nothing says which mapped field identifies a record",
                    sync.destination().position(),
                    "Say it under 'destination:', such as key: "
                            + sync.mapping().get(0).field() + ".",
                    null);
        }
        String usual = sync.options().mode() == SyncMode.UPDATE ? "PATCH" : "POST";
        RequestTemplate write = new RequestTemplate(method(more, METHODS, usual), path, more.get("body"));
        write.check(sync.mapping().stream().map(MappedField::field).toList());
        if (sync.options().batchSize() > 1 && write.isPathPerRecord()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "several records cannot share a request whose path differs from record to record",
                    at,
                    "Say 'batch_size: 1', or take the template out of 'object'.",
                    null);
        }
        Optional<RequestTemplate> delete = delete(sync, more, path);
        Optional<AnswerResults> results = more.map("results").map(AnswerResults::read);
        return new HttpSync(write, delete, results);
    }

    private static Optional<RequestTemplate> delete(Sync sync, YamlMap more, YamlScalar path) {
        boolean mirror = sync.options().mode() == SyncMode.MIRROR;
        if (mirror && !more.has("delete")) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "the mirror deletes records, but nothing says which request deletes one",
                    sync.destination().position(),
                    "Add under 'destination:' something like delete: {method: DELETE, object: '/contacts/{{ key }}'}.",
                    null);
        }
        if (!mirror && more.has("delete")) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "mode '" + sync.options().mode().key() + "' deletes nothing, so 'delete' has no meaning",
                    more.positionOf("delete"),
                    "Say 'mode: mirror', or leave it out.",
                    null);
        }
        return more.map("delete").map(settings -> {
            settings.allowOnly(List.of("method", "object", "body"));
            YamlScalar own = settings.get("object")
                    .filter(YamlScalar.class::isInstance)
                    .map(YamlScalar.class::cast)
                    .orElse(path);
            RequestTemplate template =
                    new RequestTemplate(method(settings, DELETE_METHODS, "DELETE"), own, settings.get("body"));
            template.check(sync.keys().stream().map(MappedField::field).toList());
            return template;
        });
    }

    private static String method(YamlMap settings, List<String> known, String usual) {
        String method = settings.string("method").orElse(usual).toUpperCase(Locale.ROOT);
        if (!known.contains(method)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + method + "' is no method to write with",
                    settings.positionOf("method"),
                    Suggestion.hint(method, known),
                    null);
        }
        return method;
    }
}
