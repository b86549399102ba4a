package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.jinja.JinjaException;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a contract needs before its model can be built: a type for every column, and the models its keys refer to. */
final class ContractCheck {
    private static final List<String> MATERIALIZED = List.of("table", "view", "incremental");

    /** What may happen to the columns of an incremental model without breaking its contract. */
    private static final List<String> KEEPING = List.of("append_new_columns", "fail");

    private ContractCheck() {}

    /** @param context in which the models that foreign keys refer to are found */
    static void check(
            Identity identity,
            Config config,
            Properties properties,
            Optional<Patch> patch,
            NodeContext context,
            Parsing parsing) {
        if (identity.kind() != NodeKind.MODEL
                || !Boolean.TRUE.equals(config.map("contract").get("enforced"))
                || !config.enabled()) {
            return;
        }
        Position position = patch.map(Patch::position).orElse(identity.position());
        if (!MATERIALIZED.contains(config.materialized())) {
            return;
        }
        if (config.materialized().equals("incremental")
                && !KEEPING.contains(config.text("on_schema_change", "ignore"))) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "the contract of " + identity.id() + " cannot be kept with on_schema_change "
                            + config.text("on_schema_change", "ignore"),
                    position,
                    "An incremental model with a contract needs on_schema_change append_new_columns or fail.",
                    null);
        }
        if (properties.columns().isEmpty()) {
            throw invalid(identity, "has no columns", position);
        }
        for (ColumnInfo column : properties.columns().values()) {
            if (column.dataType() == null || column.dataType().isBlank()) {
                throw invalid(identity, "has no data_type for the column '" + column.name() + "'", position);
            }
        }
        patch.ifPresent(given -> targets(given.map()).forEach(to -> {
            try {
                DbtJinja.ENVIRONMENT
                        .compile("{{" + to.toJava() + "}}", to.position().file())
                        .evaluate(context);
            } catch (JinjaException e) {
                throw parsing.failure(e, to.position(), context.packageName()).at(to.position());
            }
        }));
    }

    /** What foreign keys refer to: {@code to: ref('mills')}. */
    private static List<YamlNode> targets(YamlMap model) {
        List<YamlNode> found = new ArrayList<>();
        List<YamlMap> places = new ArrayList<>(model.maps("columns"));
        places.add(model);
        for (YamlMap place : places) {
            for (YamlNode constraint :
                    place.list("constraints").map(YamlList::items).orElse(List.of())) {
                if (constraint instanceof YamlMap map) {
                    map.get("to").ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static MillraceException invalid(Identity identity, String lacks, Position position) {
        return new MillraceException(
                ErrorCode.CONFIG_MISSING,
                "the contract of " + identity.id() + " " + lacks,
                position,
                "List every column with its data_type, or do not enforce the contract.",
                null);
    }
}
