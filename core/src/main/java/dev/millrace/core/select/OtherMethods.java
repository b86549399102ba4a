package dev.millrace.core.select;

import dev.millrace.core.graph.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Selector methods that need to know more than the graph, such as dbt's {@code state:}. */
@FunctionalInterface
public interface OtherMethods {
    /** No others. */
    OtherMethods NONE = (method, arguments, value) -> Optional.empty();

    /**
     * What {@code method.arguments:value} matches; empty if this knows no such method.
     *
     * @throws dev.millrace.core.MillraceException SELECTOR_INVALID if the value means nothing
     */
    Optional<Predicate<Node>> find(String method, List<String> arguments, String value);
}
