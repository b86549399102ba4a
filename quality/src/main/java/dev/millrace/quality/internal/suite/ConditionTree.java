package dev.millrace.quality.internal.suite;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.quality.internal.condition.RowCondition;
import dev.millrace.quality.internal.condition.RowCondition.ColumnName;
import dev.millrace.quality.internal.condition.RowCondition.Constant;
import dev.millrace.quality.internal.condition.RowCondition.Joined;
import dev.millrace.quality.internal.condition.RowCondition.Operand;
import dev.millrace.quality.internal.condition.RowCondition.Test;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a row condition as Great Expectations 1.x saves it: a tree of objects. */
final class ConditionTree {
    private static final Map<String, String> OPERATORS =
            Map.of("==", "=", "!=", "<>", "<", "<", "<=", "<=", ">", ">", ">=", ">=", "in", "in", "not_in", "not in");

    private ConditionTree() {}

    static RowCondition read(YamlMap tree) {
        String type = tree.requireString("type").toLowerCase(Locale.ROOT);
        switch (type) {
            case "and", "or" -> {
                List<RowCondition> parts = tree.maps("conditions").stream()
                        .map(ConditionTree::read)
                        .toList();
                if (parts.isEmpty()) {
                    throw wrong(tree, "'conditions' is empty");
                }
                return new Joined(type, parts);
            }
            case "nullity" -> {
                boolean isNull = tree.bool("is_null").orElse(true);
                return new Test(column(tree), isNull ? "is null" : "is not null", List.of(), false);
            }
            case "comparison" -> {
                String written = tree.requireString("operator");
                String operator = OPERATORS.get(written.toLowerCase(Locale.ROOT));
                if (operator == null) {
                    throw wrong(tree, "unknown operator '" + written + "'");
                }
                YamlNode parameter = tree.require("parameter");
                List<Operand> values = parameter instanceof YamlList list
                        ? list.items().stream().map(ConditionTree::constant).toList()
                        : List.of(constant(parameter));
                return new Test(column(tree), operator, values, false);
            }
            default -> throw wrong(tree, "unknown type '" + type + "'");
        }
    }

    private static Operand column(YamlMap tree) {
        YamlMap column = tree.map("column").orElseThrow(() -> wrong(tree, "'column' is missing"));
        return new ColumnName(column.requireString("name"), column.position());
    }

    private static Operand constant(YamlNode node) {
        Object value = node instanceof YamlScalar scalar ? scalar.value() : null;
        return new Constant(value instanceof Number ? new BigDecimal(value.toString()) : value);
    }

    private static MillraceException wrong(YamlMap tree, String what) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, "row_condition: " + what, tree.position(), null, null);
    }
}
