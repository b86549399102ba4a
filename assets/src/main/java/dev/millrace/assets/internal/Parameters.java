package dev.millrace.assets.internal;

import dev.millrace.assets.AssetContext;
import dev.millrace.assets.Input;
import dev.millrace.assets.Rows;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds out what the parameters of assets stand for. */
final class Parameters {
    private static final Set<NodeKind> READABLE = Set.of(
            NodeKind.ASSET,
            NodeKind.MODEL,
            NodeKind.SEED,
            NodeKind.SNAPSHOT,
            NodeKind.SOURCE,
            NodeKind.CONNECTION,
            NodeKind.CDC,
            NodeKind.TOPIC);

    /** A readable thing and where it stands. */
    record InputTable(NodeId id, Optional<RelationName> relation) {}

    /**
     * What is handed over for a parameter.
     *
     * @param record the record of a {@code List<record>}; empty for {@link Rows}
     */
    record Argument(InputTable input, Optional<Class<?>> record) {}

    private final Map<String, List<InputTable>> byName = new LinkedHashMap<>();
    private final String warehouse;

    /** @param warehouse where assets are made; inputs must be there as well */
    Parameters(Collection<Node> nodes, String warehouse) {
        this.warehouse = warehouse;
        for (Node node : nodes) {
            if (READABLE.contains(node.kind())) {
                add(node.name(), new InputTable(node.id(), node.relation()));
                add(node.id().name(), new InputTable(node.id(), node.relation()));
                node.relation().ifPresent(relation -> {
                    add(relation.identifier(), new InputTable(node.id(), node.relation()));
                    add(relation.toString(), new InputTable(node.id(), node.relation()));
                });
            }
        }
    }

    void add(String name, InputTable readable) {
        List<InputTable> known = byName.computeIfAbsent(name, unused -> new ArrayList<>());
        if (!known.contains(readable)) {
            known.add(readable);
        }
    }

    /** One per parameter; empty for the context. */
    List<Optional<Argument>> of(AssetMethod asset) {
        List<Optional<Argument>> arguments = new ArrayList<>();
        for (Parameter parameter : asset.method().getParameters()) {
            arguments.add(
                    parameter.getType() == AssetContext.class
                            ? Optional.empty()
                            : Optional.of(argument(asset, parameter)));
        }
        return arguments;
    }

    private Argument argument(AssetMethod asset, Parameter parameter) {
        Optional<Class<?>> record = AssetMethod.element(parameter.getParameterizedType());
        boolean list = record.isPresent() && parameter.getType().isAssignableFrom(List.class);
        if (!list && parameter.getType() != Rows.class) {
            throw asset.invalid(
                    "parameter '" + parameter.getName() + "' is a "
                            + parameter.getType().getSimpleName(),
                    "An input is Rows or a List of records; AssetContext tells of the run.");
        }
        InputTable input = find(asset, parameter);
        if (input.relation().isEmpty()) {
            throw asset.invalid(
                    input.id() + " has no table that '" + parameter.getName() + "' could be read from",
                    "Materialize it as a table or a view.");
        }
        if (!input.relation().get().warehouse().equals(warehouse)) {
            throw asset.invalid(
                    input.id() + " stands in another warehouse than the asset", "Read it through a model or a sync.");
        }
        return new Argument(input, record);
    }

    private InputTable find(AssetMethod asset, Parameter parameter) {
        Input given = parameter.getAnnotation(Input.class);
        List<String> names = given != null
                ? List.of(given.value())
                : List.of(parameter.getName(), Names.snakeCase(parameter.getName()));
        for (String name : names) {
            List<InputTable> found = byName.getOrDefault(name, List.of());
            if (!found.isEmpty()) {
                return one(asset, name, found);
            }
        }
        throw new MillraceException(
                ErrorCode.REF_NOT_FOUND,
                "asset '" + asset.name() + "' reads '" + names.get(names.size() - 1) + "', which does not exist",
                asset.position(),
                Suggestion.hint(names.get(names.size() - 1), new TreeSet<>(byName.keySet())),
                null);
    }

    /** A source and the connection that feeds it are one thing; what is made wins over what is only described. */
    private static InputTable one(AssetMethod asset, String name, List<InputTable> found) {
        Set<Optional<RelationName>> places = new java.util.LinkedHashSet<>();
        found.forEach(readable -> places.add(readable.relation()));
        if (places.size() > 1) {
            List<InputTable> made = found.stream()
                    .filter(readable -> readable.id().kind() != NodeKind.SOURCE
                            && !readable.id()
                                    .equals(new NodeId(
                                            NodeKind.ASSET, readable.id().project(), asset.name())))
                    .toList();
            if (made.size() == 1) {
                return made.get(0);
            }
            throw asset.invalid(
                    "'" + name + "' may mean " + found.get(0).id() + " or "
                            + found.get(1).id(),
                    "Say which with @Input(\"…\").");
        }
        return found.get(0);
    }
}
