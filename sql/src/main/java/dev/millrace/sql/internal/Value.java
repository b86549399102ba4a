package dev.millrace.sql.internal;

import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import java.util.HashMap;
import java.util.Map;

/**
 * What an expression is made of. Immutable.
 *
 * @param known whether {@code inputs} is all
 */
record Value(Map<SourceColumn, Use> inputs, boolean known) {
    static final Value NONE = new Value(Map.of(), true);
    static final Value UNKNOWN = new Value(Map.of(), false);

    static Value of(SourceColumn column) {
        return new Value(Map.of(column, Use.DIRECT), true);
    }

    Value plus(Value other) {
        if (other.inputs.isEmpty() && (other.known || !known)) {
            return this;
        }
        if (inputs.isEmpty() && (known || !other.known)) {
            return other;
        }
        Map<SourceColumn, Use> all = new HashMap<>(inputs);
        other.inputs.forEach((column, use) -> all.merge(column, use, Use::and));
        return new Value(all, known && other.known);
    }

    /** Of something computed from it. */
    Value derived() {
        return each(Use.DIRECT, Use.DERIVED);
    }

    /** Of something it only decides about. */
    Value indirect() {
        return each(Use.DIRECT, Use.INDIRECT).each(Use.DERIVED, Use.INDIRECT);
    }

    Value uncertain() {
        return known ? new Value(inputs, false) : this;
    }

    private Value each(Use from, Use to) {
        if (!inputs.containsValue(from)) {
            return this;
        }
        Map<SourceColumn, Use> changed = new HashMap<>();
        inputs.forEach((column, use) -> changed.put(column, use == from ? to : use));
        return new Value(changed, known);
    }
}
