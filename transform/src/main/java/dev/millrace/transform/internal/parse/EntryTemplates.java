package dev.millrace.transform.internal.parse;

import dev.millrace.core.project.Templates;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.jinja.Globals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders the templates in one entry of a YAML file, save those that are rendered later. Owned by one thread. */
final class EntryTemplates {
    private final String section;
    private final Globals globals;
    /** The keys that lead to the value at hand; an item of a list counts as the empty key. */
    private final Deque<String> path = new ArrayDeque<>();

    EntryTemplates(String section, Globals globals) {
        this.section = section;
        this.globals = globals;
    }

    /** Most of it has no templates, and stays the same object. */
    YamlMap render(YamlMap map) {
        Map<String, YamlMap.Entry> rendered = new LinkedHashMap<>();
        boolean changed = false;
        for (Map.Entry<String, YamlMap.Entry> written : map.entries().entrySet()) {
            YamlMap.Entry entry = written.getValue();
            path.addLast(written.getKey());
            YamlNode value = render(entry.value());
            path.removeLast();
            if (value != entry.value()) {
                changed = true;
                entry = new YamlMap.Entry(entry.keyPosition(), value);
            }
            rendered.put(written.getKey(), entry);
        }
        return changed ? new YamlMap(rendered, map.position()) : map;
    }

    private YamlNode render(YamlNode node) {
        if (node instanceof YamlMap map) {
            return render(map);
        }
        if (node instanceof YamlList list) {
            return render(list);
        }
        return Templates.isTemplate(node) && RenderedKeys.contains(section, List.copyOf(path))
                ? Templates.render(node, globals)
                : node;
    }

    private YamlList render(YamlList list) {
        List<YamlNode> items = new ArrayList<>(list.items().size());
        boolean changed = false;
        path.addLast("");
        for (YamlNode item : list.items()) {
            YamlNode value = render(item);
            changed |= value != item;
            items.add(value);
        }
        path.removeLast();
        return changed ? new YamlList(items, list.position()) : list;
    }
}
