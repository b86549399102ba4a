package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's equality, order and containment. */
public final class Compare {
    private Compare() {}

    public static boolean equal(Object left, Object right) {
        if (left == right) {
            return !(left instanceof Double number) || !number.isNaN();
        } else if (left instanceof String text) {
            return text.equals(right);
        } else if (Numbers.isNumber(left)) {
            return Numbers.isNumber(right) && Numbers.equal(left, right);
        } else if (left instanceof Undefined) {
            return right instanceof Undefined;
        } else if (left == None.NONE) {
            return false;
        }
        return left.equals(right);
    }

    public static boolean sameElements(List<?> left, List<?> right) {
        int size = left.size();
        if (size != right.size()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            Object mine = left.get(i);
            if (mine != right.get(i) && !equal(mine, right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Python's order for sorting, or the TypeError of {@code <}. */
    public static int order(Object left, Object right) {
        return order(left, right, "<");
    }

    /** The order of two values, or the TypeError of {@code operator}. */
    public static int order(Object left, Object right, String operator) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        @Nullable Integer order = orderOrNull(left, right, operator);
        if (order != null) {
            return order;
        } else if (left instanceof Undefined undefined) {
            throw undefined.error();
        } else if (right instanceof Undefined undefined) {
            throw undefined.error();
        }
        throw JinjaException.type("'" + operator + "' not supported between instances of '" + Types.name(left)
                + "' and '" + Types.name(right) + "'");
    }

    private static @Nullable Integer orderOrNull(Object left, Object right, String operator) {
        if (left instanceof String a && right instanceof String b) {
            return Text.compare(a, b);
        } else if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        } else if (left instanceof PyList a && right instanceof PyList b) {
            return elements(a, b, operator);
        } else if (left instanceof PyTuple a && right instanceof PyTuple b) {
            return elements(a, b, operator);
        } else if (left instanceof Ordered a) {
            return a.compareWith(right);
        }
        return null;
    }

    private static int elements(List<Object> left, List<Object> right, String operator) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            if (!equal(left.get(i), right.get(i))) {
                return order(left.get(i), right.get(i), operator);
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** {@code left OPERATOR right} for an operator of order; sets compare as subsets. */
    public static boolean test(String operator, Object left, Object right) {
        if (left instanceof PySet a && right instanceof PySet b) {
            return switch (operator) {
                case "<" -> a.size() < b.size() && b.containsAll(a);
                case "<=" -> b.containsAll(a);
                case ">" -> a.size() > b.size() && a.containsAll(b);
                default -> a.containsAll(b);
            };
        } else if (isNan(left) || isNan(right)) {
            return false;
        }
        int order = order(left, right, operator);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean isNan(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    /** {@code element in container}. */
    public static boolean contains(Object container, Object element) {
        if (container instanceof String text) {
            if (element instanceof String part) {
                return text.contains(part);
            } else if (element instanceof Undefined undefined) {
                throw undefined.error();
            }
            throw JinjaException.type("'in <string>' requires string as left operand, not " + Types.name(element));
        } else if (container instanceof PyDict dict) {
            return dict.containsKey(element);
        } else if (container instanceof PySet set) {
            return set.contains(element);
        } else if (container instanceof Undefined) {
            return false;
        }
        Iterator<Object> elements = Iteration.ofOr(container, "argument of type '%s' is not iterable");
        while (elements.hasNext()) {
            Object next = elements.next();
            if (next == element || equal(next, element)) {
                return true;
            }
        }
        return false;
    }
}
