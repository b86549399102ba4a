package dev.millrace.transform.internal.run;

import dev.millrace.warehouse.model.Materialization;
import dev.millrace.warehouse.model.ModelOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What other layers bring to models. */
public record Extensions(Map<String, Materialization> materializations, List<ModelOutput> outputs) {
    public static Extensions of(List<Materialization> materializations, List<ModelOutput> outputs) {
        Map<String, Materialization> byName = new LinkedHashMap<>();
        materializations.forEach(one -> byName.put(one.name(), one));
        return new Extensions(byName, List.copyOf(outputs));
    }
}
