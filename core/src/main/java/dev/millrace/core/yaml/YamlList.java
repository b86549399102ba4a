package dev.millrace.core.yaml;

import dev.millrace.core.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sequence. */
public record YamlList(List<YamlNode> items, Position position) implements YamlNode {
    public YamlList {
        items = List.copyOf(items);
    }

    @Override
    public List<@Nullable Object> toJava() {
        List<@Nullable Object> values = new ArrayList<>(items.size());
        for (YamlNode item : items) {
            values.add(item.toJava());
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public String describe() {
        return "a list";
    }
}
