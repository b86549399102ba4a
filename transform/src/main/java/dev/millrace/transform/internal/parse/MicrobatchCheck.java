package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.batch.BatchSize;
import dev.millrace.transform.internal.batch.EventTime;
import dev.millrace.transform.internal.batch.MicrobatchModel;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import org.jspecify.annotations.Nullable;

/** What a microbatch model needs before its batches can be told. */
final class MicrobatchCheck {
    private MicrobatchCheck() {}

    static void check(Identity identity, Config config) {
        if (identity.kind() != NodeKind.MODEL || !config.enabled() || !MicrobatchModel.is(config)) {
            return;
        }
        Position position = identity.position();
        text(identity, config, "event_time", "Name the column that says when a row happened.");
        Object begin = config.get("begin");
        if (begin == null) {
            throw missing(identity, "begin", "Name the day from which on there are rows: begin='2026-01-01'.");
        }
        if (EventTime.parse(begin).isEmpty()) {
            throw invalid(identity, "begin", begin, "Write a day or a time of UTC: begin='2026-01-01'.", position);
        }
        String size = text(identity, config, "batch_size", "One of " + String.join(", ", BatchSize.keys()) + ".");
        if (BatchSize.of(size).isEmpty()) {
            throw invalid(identity, "batch_size", size, Suggestion.hint(size, BatchSize.keys()), position);
        }
        Object lookback = config.get("lookback");
        if (lookback != null && !(lookback instanceof Number)) {
            throw invalid(identity, "lookback", lookback, "Write a number of batches: lookback=2.", position);
        }
        Object concurrent = config.get("concurrent_batches");
        if (concurrent != null && !(concurrent instanceof Boolean)) {
            throw invalid(identity, "concurrent_batches", concurrent, "Write true or false.", position);
        }
    }

    /** Warns about models all of whose inputs would be read whole for every batch. */
    static void inputs(Manifest manifest, Parsing parsing) {
        for (Resource model : manifest.resources().values()) {
            if (model.kind() != NodeKind.MODEL || !MicrobatchModel.is(model.config())) {
                continue;
            }
            boolean filtered = model.dependencies().nodes().stream().anyMatch(id -> {
                Resource resource = manifest.resources().get(id);
                SourceTable source = manifest.sources().get(id);
                Config config = resource != null ? resource.config() : source == null ? null : source.config();
                return config != null && config.has("event_time");
            });
            if (!filtered) {
                parsing.warnings()
                        .accept(new MillraceException(
                                ErrorCode.CONFIG_MISSING,
                                "no input of the microbatch " + model.id()
                                        + " has an event_time: every batch reads all their rows",
                                model.identity().position(),
                                "Configure event_time for the models or sources it reads.",
                                null));
            }
        }
    }

    private static String text(Identity identity, Config config, String key, String hint) {
        Object value = config.get(key);
        if (value == null) {
            throw missing(identity, key, hint);
        }
        if (!(value instanceof String text)) {
            throw invalid(identity, key, value, hint, identity.position());
        }
        return text;
    }

    private static MillraceException missing(Identity identity, String key, String hint) {
        return new MillraceException(
                ErrorCode.CONFIG_MISSING,
                "the microbatch " + identity.id() + " has no '" + key + "'",
                identity.position(),
                hint,
                null);
    }

    private static MillraceException invalid(
            Identity identity, String key, Object value, @Nullable String hint, Position position) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'" + key + "' of the microbatch " + identity.id() + " is '" + value + "'",
                position,
                hint,
                null);
    }
}
