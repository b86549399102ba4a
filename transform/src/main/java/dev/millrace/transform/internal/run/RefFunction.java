package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.transform.internal.context.References;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import java.util.function.Consumer;
import java.util.function.Function;

/** {@code ref} of a node that is compiled: the relation, or the name of the CTE an ephemeral model becomes. */
final class RefFunction implements Callable {
    private static final String CTE_PREFIX = "__dbt__cte__";

    private final Manifest manifest;
    private final Resource resource;
    private final String root;
    private final Consumer<Resource> ephemerals;
    private final boolean checked;
    private final Function<Resource, DbtRelation> reading;
    private final InputReading inputs;
    private final InputSpan during;

    /**
     * @param ephemerals hears each ephemeral model that is referred to
     * @param checked whether only what parsing found may be referred to
     * @param reading from where a resource is read
     * @param inputs how inputs are read
     * @param during which rows of them
     */
    RefFunction(
            Manifest manifest,
            Resource resource,
            String root,
            Consumer<Resource> ephemerals,
            boolean checked,
            Function<Resource, DbtRelation> reading,
            InputReading inputs,
            InputSpan during) {
        this.manifest = manifest;
        this.resource = resource;
        this.root = root;
        this.ephemerals = ephemerals;
        this.checked = checked;
        this.reading = reading;
        this.inputs = inputs;
        this.during = during;
    }

    static String cteName(Resource ephemeral) {
        return CTE_PREFIX + ephemeral.relation().identifier();
    }

    @Override
    public Object call(Call call) {
        RefArgs ref = References.ref(call);
        Resource target = manifest.ref(ref, resource.packageName(), root)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.REF_NOT_FOUND,
                        ref + " in " + resource.id() + " names no model, seed or snapshot",
                        ref.position(),
                        Suggestion.hint(ref.name(), manifest.referableNames()),
                        null));
        if (checked && !resource.dependencies().nodes().contains(target.id())) {
            throw new MillraceException(
                    ErrorCode.REF_NOT_FOUND,
                    resource.id() + " refers to " + ref.name()
                            + " only when it runs, so it could not be put after it in the graph",
                    ref.position(),
                    "Add this comment to the model: -- depends_on: {{ " + ref + " }}",
                    null);
        }
        if (target.ephemeral()) {
            ephemerals.accept(target);
            return during.of(inputs.of(DbtRelation.cte(cteName(target))), target.config(), target.properties());
        }
        return during.of(reading.apply(target), target.config(), target.properties());
    }

    @Override
    public String callableName() {
        return "ref";
    }
}
