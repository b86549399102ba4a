package dev.millrace.transform.internal.deps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Gets packages, and those that they need, into a folder beside the final one. Owned by one thread. */
final class Installation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final Path staging;
    private final String hub;
    private final UnaryOperator<YamlMap> render;
    private final Fetcher fetcher = new Fetcher();
    private final Map<String, InstalledPackage> done = new LinkedHashMap<>();

    /**
     * @param root of the project
     * @param staging an empty folder
     * @param hub address of the hub, with a slash at its end
     * @param render of a packages.yml
     */
    Installation(Path root, Path staging, String hub, UnaryOperator<YamlMap> render) {
        this.root = root;
        this.staging = staging;
        this.hub = hub;
        this.render = render;
    }

    /** Everything that {@code specs} ask for, in the order in which it was got; each in its folder of that name. */
    List<InstalledPackage> install(List<PackageSpec> specs) {
        // Entries of the project come first, and so win over those of its packages; ranges for one package add up.
        Deque<PackageSpec> open = new ArrayDeque<>(merged(specs));
        Map<String, PackageSpec> asked = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            PackageSpec spec = open.poll();
            PackageSpec known = asked.putIfAbsent(spec.key(), spec);
            if (known != null) {
                continue;
            }
            Path folder = staging.resolve("." + UUID.randomUUID());
            InstalledPackage installed = get(spec, folder);
            Path own = folder.resolve("dbt_project.yml");
            if (!Files.isRegularFile(own)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the package has no dbt_project.yml",
                        spec.position(),
                        "For a package in a folder of a repository write subdirectory:.",
                        null);
            }
            String name = YamlReader.readMap(own, "dbt_project.yml").requireString("name");
            InstalledPackage other = done.putIfAbsent(name, installed.named(name));
            if (other != null) {
                throw new MillraceException(
                        ErrorCode.NODE_DUPLICATE,
                        "two packages have the name '" + name + "'",
                        spec.position(),
                        "Keep one of the entries.",
                        null);
            }
            move(folder, staging.resolve(name));
            open.addAll(merged(read(staging.resolve(name), render)));
        }
        return List.copyOf(done.values());
    }

    /** The entries of a project's or package's packages.yml, or else of its dependencies.yml. */
    static List<PackageSpec> read(Path folder, UnaryOperator<YamlMap> render) {
        for (String name : List.of("packages.yml", "dependencies.yml")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return PackageSpec.read(render.apply(YamlReader.readMap(file, name)));
            }
        }
        return List.of();
    }

    private static List<PackageSpec> merged(List<PackageSpec> specs) {
        Map<String, PackageSpec> merged = new LinkedHashMap<>();
        for (PackageSpec spec : specs) {
            merged.merge(spec.key(), spec, (a, b) -> {
                if (a instanceof PackageSpec.Hub one && b instanceof PackageSpec.Hub other) {
                    List<String> ranges = new ArrayList<>(one.versions());
                    ranges.addAll(other.versions());
                    return new PackageSpec.Hub(
                            one.name(), ranges, one.prerelease() || other.prerelease(), one.position());
                }
                return a;
            });
        }
        return List.copyOf(merged.values());
    }

    private InstalledPackage get(PackageSpec spec, Path folder) {
        try {
            if (spec instanceof PackageSpec.Local local) {
                copy(root.resolve(local.path()).normalize(), folder, local);
                return new InstalledPackage("", Map.of("local", local.path()));
            }
            if (spec instanceof PackageSpec.Git git) {
                return git(git, folder);
            }
            if (spec instanceof PackageSpec.Tarball tarball) {
                try (InputStream in = fetcher.open(tarball.url(), root, tarball.position())) {
                    TarGz.unpack(in, folder);
                }
                return new InstalledPackage("", Map.of("tarball", tarball.url()));
            }
            return hub((PackageSpec.Hub) spec, folder);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.SOURCE_FAILED,
                    "the package cannot be unpacked: " + e.getMessage(),
                    spec.position(),
                    null,
                    e);
        }
    }

    private InstalledPackage git(PackageSpec.Git git, Path folder) throws IOException {
        Path clone = staging.resolve("." + UUID.randomUUID());
        String commit = fetcher.checkOut(git, clone);
        delete(clone.resolve(".git"));
        if (git.subdirectory().isPresent()) {
            copy(clone.resolve(git.subdirectory().get()).normalize(), folder, git);
            delete(clone);
        } else {
            move(clone, folder);
        }
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("git", git.url());
        entry.put("revision", commit);
        git.subdirectory().ifPresent(sub -> entry.put("subdirectory", sub));
        return new InstalledPackage("", entry);
    }

    private InstalledPackage hub(PackageSpec.Hub spec, Path folder) throws IOException {
        JsonNode versions;
        try (InputStream in = fetcher.open(hub + "api/v1/" + spec.name() + ".json", root, spec.position())) {
            versions = JSON.readTree(in).path("versions");
        }
        List<String> known = new ArrayList<>();
        versions.fieldNames().forEachRemaining(known::add);
        String version = VersionRange.newest(known, spec.versions(), spec.prerelease())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "no version of " + spec.name() + " fits " + String.join(", ", spec.versions()),
                        spec.position(),
                        "There are " + String.join(", ", known) + ".",
                        null));
        String address =
                versions.path(version).path("downloads").path("tarball").asText();
        try (InputStream in = fetcher.open(address, root, spec.position())) {
            TarGz.unpack(in, folder);
        }
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("package", spec.name());
        entry.put("version", version);
        return new InstalledPackage("", entry);
    }

    private void copy(Path from, Path to, PackageSpec spec) throws IOException {
        if (!Files.isDirectory(from)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID, "there is no folder " + from, spec.position(), null, null);
        }
        try (Stream<Path> files = Files.find(from, 64, (path, attributes) -> attributes.isRegularFile())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path relative = from.relativize(file);
                boolean unfinished = file.startsWith(staging) && !from.startsWith(staging);
                if (kept(relative) && !unfinished) {
                    Path copy = to.resolve(relative.toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What a package's own runs left behind is not part of it. */
    private static boolean kept(Path relative) {
        return !List.of("target", "logs", "dbt_packages", ".git", ".millrace")
                .contains(relative.getName(0).toString());
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!Files.isWritable(file)) {
                    file.toFile().setWritable(true);
                }
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, @org.jspecify.annotations.Nullable IOException problem) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
