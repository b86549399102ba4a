package dev.millrace.transform.internal.deps;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An entry of packages.yml (docs.getdbt.com/docs/build/packages). */
sealed interface PackageSpec {
    Position position();

    /** What makes two entries the same package. */
    String key();

    /** A folder; relative to the project. */
    record Local(String path, Position position) implements PackageSpec {
        @Override
        public String key() {
            return "local " + path;
        }
    }

    /** A repository at a branch, tag or commit. */
    record Git(String url, Optional<String> revision, Optional<String> subdirectory, Position position)
            implements PackageSpec {
        @Override
        public String key() {
            return "git " + url.replaceFirst("\\.git$", "") + " " + subdirectory.orElse("");
        }
    }

    /** A gzipped tar file at an http(s) or file address, or a path. */
    record Tarball(String url, String name, Position position) implements PackageSpec {
        @Override
        public String key() {
            return "tarball " + name;
        }
    }

    /**
     * A package of dbt's hub.
     *
     * @param versions ranges that must all hold, such as {@code >=1.0.0} and {@code <2.0.0}
     */
    record Hub(String name, List<String> versions, boolean prerelease, Position position) implements PackageSpec {
        @Override
        public String key() {
            return "package " + name;
        }
    }

    /** The entries under {@code packages:}. */
    static List<PackageSpec> read(YamlMap file) {
        List<PackageSpec> specs = new ArrayList<>();
        for (YamlMap entry : file.maps("packages")) {
            specs.add(of(entry));
        }
        return specs;
    }

    private static PackageSpec of(YamlMap entry) {
        if (entry.has("local")) {
            return new Local(entry.requireString("local"), entry.positionOf("local"));
        }
        if (entry.has("git")) {
            return new Git(
                    entry.requireString("git"),
                    entry.string("revision"),
                    entry.string("subdirectory"),
                    entry.positionOf("git"));
        }
        if (entry.has("tarball")) {
            return new Tarball(
                    entry.requireString("tarball"), entry.requireString("name"), entry.positionOf("tarball"));
        }
        if (entry.has("package")) {
            return new Hub(
                    entry.requireString("package"),
                    versions(entry),
                    entry.bool("install-prerelease")
                            .or(() -> entry.bool("install_prerelease"))
                            .orElse(false),
                    entry.positionOf("package"));
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "this entry names no package",
                entry.position(),
                "Write package: (with version:), git:, local: or tarball:.",
                null);
    }

    private static List<String> versions(YamlMap entry) {
        YamlNode written = entry.require("version");
        Object value = written.toJava();
        List<String> versions = new ArrayList<>();
        for (Object one : value instanceof List<?> list ? list : List.of(String.valueOf(value))) {
            for (String part : String.valueOf(one).split(",")) {
                versions.add(part.strip());
            }
        }
        versions.forEach(range -> VersionRange.check(range, entry.positionOf("version")));
        return List.copyOf(versions);
    }
}
