package dev.millrace.cli.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A small project that builds at once: a seed, two models, their tests, and commented connections. */
public final class StarterProject {
    private static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put("dbt_project.yml", "dbt_project.yml");
        FILES.put("profiles.yml", "profiles.yml");
        FILES.put("millrace.yml", "millrace.yml");
        FILES.put("connections.yml", "connections.yml");
        FILES.put("seeds/raw_orders.csv", "raw_orders.csv");
        FILES.put("models/staging/stg_orders.sql", "stg_orders.sql");
        FILES.put("models/marts/revenue_per_day.sql", "revenue_per_day.sql");
        FILES.put("models/schema.yml", "schema.yml");
        FILES.put("tests/revenue_is_positive.sql", "revenue_is_positive.sql");
        FILES.put(".gitignore", "gitignore");
    }

    private StarterProject() {}

    /** A project's name from any text: lower case, with underscores for what a name may not hold. */
    public static String nameFrom(String text) {
        String name =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        return name.isEmpty() ? "project" : Character.isDigit(name.charAt(0)) ? "p_" + name : name;
    }

    /**
     * Writes the project into {@code folder}, which is made if it is not there.
     *
     * @return the files written, relative to the folder
     */
    public static List<String> write(Path folder, String name) {
        try {
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, template(file.getValue()).replace("__NAME__", name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
        return List.copyOf(FILES.keySet());
    }

    private static String template(String resource) throws IOException {
        try (InputStream in = StarterProject.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
