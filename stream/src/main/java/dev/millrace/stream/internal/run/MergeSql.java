package dev.millrace.stream.internal.run;

import dev.millrace.stream.internal.query.MergePlan;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The statement that adds what new rows give to what old rows gave. */
final class MergeSql {
    private MergeSql() {}

    /**
     * Whether adding up is exact for these columns: sums of floating-point numbers depend on the order of the rows.
     *
     * @param columns of the table, in the query's order
     */
    static boolean exact(MergePlan plan, List<Column> columns) {
        if (plan.columns().size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            String type = columns.get(i).type().toUpperCase(Locale.ROOT);
            boolean floating = type.equals("DOUBLE") || type.equals("FLOAT");
            if (floating && plan.columns().get(i) == MergePlan.Column.SUM) {
                return false;
            }
        }
        return true;
    }

    /** @param bounds a condition on {@code t}, the target */
    static String of(
            Dialect dialect, MergePlan plan, List<Column> columns, String target, String delta, String bounds) {
        List<String> on = new ArrayList<>();
        List<String> set = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = dialect.quote(columns.get(i).name());
            String old = "t." + name;
            String add = "d." + name;
            switch (plan.columns().get(i)) {
                case KEY -> on.add(old + " is not distinct from " + add);
                case SUM -> set.add(name + " = coalesce(" + old + " + " + add + ", " + old + ", " + add + ")");
                case LEAST -> set.add(name + " = least(" + old + ", " + add + ")");
                case GREATEST -> set.add(name + " = greatest(" + old + ", " + add + ")");
            }
        }
        on.add(bounds);
        String matched = set.isEmpty() ? "" : " when matched then update set " + String.join(", ", set);
        return "merge into " + target + " as t using " + delta + " as d on (" + String.join(" and ", on) + ")" + matched
                + " when not matched then insert by name";
    }
}
