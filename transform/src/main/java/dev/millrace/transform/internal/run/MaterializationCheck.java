package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds models that nothing can build. As in dbt, only running them is an error. */
public final class MaterializationCheck {
    private final Macros macros;
    private final Collection<String> others;
    private final String adapter;

    /** @param others materializations that are no macros */
    public MaterializationCheck(Macros macros, Collection<String> others, String adapter) {
        this.macros = macros;
        this.others = others;
        this.adapter = adapter;
    }

    /** A warning for each model whose materialization does not exist. */
    public List<MillraceException> warnings(Collection<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.kind() == NodeKind.MODEL && !resource.ephemeral())
                .filter(resource -> !others.contains(resource.materialized())
                        && macros.materialization(resource.materialized()) == null)
                .map(this::missing)
                .toList();
    }

    /** That the materialization of a resource does not exist. */
    MillraceException missing(Resource resource) {
        List<String> known = new ArrayList<>(macros.materializations());
        known.addAll(others);
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "there is no materialization '" + resource.materialized() + "' for " + adapter,
                resource.identity().position(),
                Suggestion.hint(resource.materialized(), known),
                null);
    }
}
