package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.CallSite;
import dev.millrace.jinja.internal.tree.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parsed template.
 *
 * @param constant the text when the template writes nothing else, else null
 * @param dynamic whether it contains anything but text, literals and calls of plain names with literal arguments
 */
public record Parsed(
        Source source,
        Unit unit,
        List<ParsedBlock> blocks,
        List<CallSite> calls,
        @Nullable String constant,
        boolean dynamic) {}
