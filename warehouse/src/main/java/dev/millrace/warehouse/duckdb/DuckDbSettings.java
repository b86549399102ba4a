package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Target;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dbt-duckdb output as this adapter understands it.
 *
 * @param file absolute; empty for a database in memory
 * @param options how the engine starts ({@code config_options})
 * @param settings what is {@code SET} once it runs
 */
record DuckDbSettings(
        String identity,
        Optional<Path> file,
        String database,
        Map<String, String> options,
        Map<String, String> settings,
        List<Extension> extensions,
        List<Attachment> attachments,
        Target target) {

    /** @param repository where it is installed from; empty for DuckDB's own */
    record Extension(String name, Optional<String> repository) {}

    record Attachment(String path, Optional<String> alias, boolean readOnly, Optional<String> type) {}

    private static final String IN_MEMORY = ":memory:";

    /** Keys of dbt-duckdb whose absence would change what a project does, and which are not offered here. */
    private static final Set<String> REFUSED = Set.of("plugins", "filesystems", "secrets", "is_ducklake", "remote");

    static DuckDbSettings read(Path root, Target target) {
        YamlMap yaml = target.settings();
        for (String key : REFUSED) {
            if (yaml.has(key)) {
                throw invalid(yaml, key, "'" + key + "' of dbt-duckdb is not supported", null);
            }
        }
        String path = yaml.string("path").orElse(IN_MEMORY);
        List<Attachment> attachments = attachments(root, yaml);
        Map<String, String> options = texts(yaml, "config_options");
        if (yaml.bool("read_only").orElse(false)) {
            options.put("access_mode", "READ_ONLY");
        }
        Optional<Path> file = path.startsWith(IN_MEMORY) ? Optional.empty() : Optional.of(file(root, yaml, path));
        String identity =
                file.isPresent() ? "duckdb:" + canonical(file.get()) : "duckdb:" + IN_MEMORY + "/" + target.profile();
        String stem = file.map(DuckDbSettings::catalog).orElse("memory");
        return new DuckDbSettings(
                identity,
                file,
                database(yaml, stem, attachments),
                Map.copyOf(options),
                texts(yaml, "settings"),
                extensions(yaml),
                attachments,
                target);
    }

    /** The names of the databases that queries may use: of the file, or the one in memory, and of what is attached. */
    Set<String> databases() {
        Set<String> names = new LinkedHashSet<>();
        names.add(file.map(DuckDbSettings::catalog).orElse("memory"));
        for (Attachment attachment : attachments) {
            names.add(attachment.alias().orElseGet(() -> catalog(Path.of(attachment.path()))));
        }
        return names;
    }

    /** The name DuckDB gives the catalog of a file: up to the first dot, and not one of its own names. */
    static String catalog(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        if (stem.isEmpty()) {
            return "memory";
        }
        return switch (stem.toLowerCase(Locale.ROOT)) {
            case "temp", "system", "main" -> stem + "_db";
            default -> stem;
        };
    }

    private static String database(YamlMap yaml, String stem, List<Attachment> attachments) {
        String wanted = yaml.string("database").orElse(stem);
        boolean known = wanted.equalsIgnoreCase(stem)
                || attachments.stream()
                        .anyMatch(attachment -> attachment
                                .alias()
                                .filter(wanted::equalsIgnoreCase)
                                .isPresent());
        if (!known) {
            throw invalid(
                    yaml,
                    "database",
                    "'database' is '" + wanted + "', but the database of 'path' is '" + stem + "'",
                    "Remove 'database', or name the alias of a database under 'attach'.");
        }
        return wanted;
    }

    private static Path file(Path root, YamlMap yaml, String path) {
        if (path.startsWith("md:") || path.startsWith("motherduck:") || path.contains("://")) {
            throw invalid(
                    yaml,
                    "path",
                    "'path' must be a file on this machine or :memory:, but is '" + path.replaceAll("\\?.*", "") + "'",
                    "A remote database can be attached under 'attach'.");
        }
        String expanded = path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
        return root.resolve(expanded).toAbsolutePath().normalize();
    }

    /** The same text for one file, whichever symbolic links lead to it. */
    private static Path canonical(Path file) {
        try {
            if (Files.exists(file)) {
                return file.toRealPath();
            }
            Path folder = file.getParent();
            return folder != null && Files.exists(folder) ? folder.toRealPath().resolve(file.getFileName()) : file;
        } catch (IOException e) {
            return file;
        }
    }

    private static List<Extension> extensions(YamlMap yaml) {
        List<Extension> extensions = new ArrayList<>();
        yaml.list("extensions").ifPresent(list -> {
            for (YamlNode item : list.items()) {
                if (item instanceof YamlMap map) {
                    extensions.add(new Extension(
                            map.requireString("name"), map.string("repo").or(() -> map.string("repository"))));
                } else if (item instanceof YamlScalar scalar) {
                    extensions.add(new Extension(scalar.text(), Optional.empty()));
                }
            }
        });
        return List.copyOf(extensions);
    }

    private static List<Attachment> attachments(Path root, YamlMap yaml) {
        List<Attachment> attachments = new ArrayList<>();
        for (YamlMap item : yaml.maps("attach")) {
            Optional<String> type = item.string("type");
            String path = item.requireString("path");
            boolean local = !path.contains(":")
                    && type.map(name -> Set.of("duckdb", "sqlite").contains(name.toLowerCase(Locale.ROOT)))
                            .orElse(true);
            attachments.add(new Attachment(
                    local ? file(root, item, path).toString() : path,
                    item.string("alias"),
                    item.bool("read_only").orElse(false),
                    type));
        }
        return List.copyOf(attachments);
    }

    private static Map<String, String> texts(YamlMap yaml, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        yaml.map(key)
                .ifPresent(map ->
                        map.keys().forEach(name -> map.string(name).ifPresent(value -> texts.put(name, value))));
        return texts;
    }

    private static MillraceException invalid(YamlMap yaml, String key, String message, @Nullable String hint) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, message, yaml.positionOf(key), hint, null);
    }
}
