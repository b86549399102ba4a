package dev.millrace.quality.internal.expectation;

import dev.millrace.core.yaml.YamlMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says an expectation in plain words. */
public final class Words {
    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\[\\]{]*\\{(\\w+)}[^\\[\\]]*)]");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)}");

    private Words() {}

    public static String of(ExpectationType type, YamlMap kwargs) {
        Map<String, @Nullable Object> values = kwargs.toJava();
        String words = replace(
                OPTIONAL.matcher(type.words()), match -> values.get(match.group(2)) == null ? "" : match.group(1));
        String said = replace(ARGUMENT.matcher(words), match -> shown(values.get(match.group(1))));
        Object mostly = values.get("mostly");
        if (mostly instanceof Number part && part.doubleValue() < 1) {
            said += " in at least " + trim(part.doubleValue() * 100) + " % of the rows";
        }
        Object condition = values.get("row_condition");
        return condition == null ? said : said + ", where " + shown(condition);
    }

    private static String replace(Matcher matcher, Function<MatchResult, String> text) {
        return matcher.replaceAll(match -> Matcher.quoteReplacement(text.apply(match)));
    }

    private static String trim(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().limit(12).map(Words::shown).collect(Collectors.joining(", "))
                    + (list.size() > 12 ? ", …" : "");
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + shown(entry.getValue()))
                    .collect(Collectors.joining("; "));
        }
        return String.valueOf(value);
    }
}
