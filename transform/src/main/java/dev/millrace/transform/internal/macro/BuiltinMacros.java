package dev.millrace.transform.internal.macro;

import dev.millrace.core.Position;
import dev.millrace.jinja.Definition;
import dev.millrace.jinja.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Millrace's own macros, which stand in the resources beside this class's module: one folder per package. Their names
 * are found without parsing; a file is compiled when one of its macros is first called.
 */
public final class BuiltinMacros {
    private static final String FOLDER = "/dev/millrace/transform/macros/";
    /** How positions in these files begin. */
    public static final String DISPLAY = "millrace:";

    private static final Pattern OPENING = Pattern.compile(
            "\\{%-?\\s*(macro|test|materialization)\\s+(\\w+)(?:\\s*,\\s*(?:adapter\\s*=\\s*['\"](\\w+)['\"]|(default)))?");
    private static final ConcurrentMap<String, Map<String, Macro>> PACKAGES = new ConcurrentHashMap<>();

    private BuiltinMacros() {}

    /** The macros of {@code dbt}, {@code dbt_duckdb} or {@code dbt_utils}, by name. */
    public static Map<String, Macro> of(String packageName) {
        return PACKAGES.computeIfAbsent(packageName, BuiltinMacros::read);
    }

    private static Map<String, Macro> read(String packageName) {
        Map<String, Macro> macros = new LinkedHashMap<>();
        for (String file : text(packageName + "/index.txt").split("\n")) {
            if (!file.isBlank()) {
                addFile(packageName, file.strip(), macros);
            }
        }
        return macros;
    }

    private static void addFile(String packageName, String file, Map<String, Macro> macros) {
        String text = text(packageName + "/" + file);
        String display = DISPLAY + packageName + "/" + file;
        Supplier<Template> template = new Once<>(() -> MacroFiles.compile(text, display));
        Matcher opening = OPENING.matcher(text);
        while (opening.find()) {
            String name = macroName(opening);
            int line = 1
                    + (int) text.substring(0, opening.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            Supplier<Definition> definition = new Once<>(() -> template.get().definitions().stream()
                    .filter(candidate -> candidate.macroName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(display + " does not define " + name)));
            macros.put(
                    name,
                    new Macro(packageName, name, "macros/" + file, new Position(display, line, 1), "", definition));
        }
    }

    private static String macroName(Matcher opening) {
        String name = opening.group(2);
        return switch (opening.group(1)) {
            case "test" -> "test_" + name;
            case "materialization" ->
                "materialization_" + name + "_" + (opening.group(3) == null ? "default" : opening.group(3));
            default -> name;
        };
    }

    private static String text(String path) {
        try (InputStream in = BuiltinMacros.class.getResourceAsStream(FOLDER + path)) {
            if (in == null) {
                throw new IllegalStateException("resource " + FOLDER + path + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
