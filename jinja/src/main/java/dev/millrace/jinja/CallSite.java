package dev.millrace.jinja;

import java.util.List;
import java.util.Map;

/**
 * A call to a plain name found in a template without running it, such as {@code ref('orders')}.
 *
 * @param name the name called
 * @param positional the literal positional arguments; empty when {@code literal} is false
 * @param keywords the literal keyword arguments in order; empty when {@code literal} is false
 * @param literal whether every argument is a literal (lists and dicts of literals included), so that the arguments are
 *     known without rendering
 * @param position where the call stands
 */
public record CallSite(
        String name, List<Object> positional, Map<String, Object> keywords, boolean literal, Position position) {}
