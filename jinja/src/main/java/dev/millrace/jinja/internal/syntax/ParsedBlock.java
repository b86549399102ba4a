package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.Definition;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.tree.MacroCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A definition at the top level of a template.
 *
 * @param adapter of a materialization, else null
 * @param start offset of the opening tag
 * @param bodyStart offset after the opening tag
 * @param bodyEnd offset of the closing tag
 * @param end offset after the closing tag
 */
public record ParsedBlock(
        Definition.Kind kind,
        String name,
        MacroCode code,
        @Nullable String adapter,
        List<String> languages,
        int start,
        int bodyStart,
        int bodyEnd,
        int end,
        Position position) {}
