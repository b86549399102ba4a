package dev.millrace.transform.internal.deps;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Installs a project's packages into its packages folder, and keeps package-lock.yml. */
public final class PackageFolder {
    private static final String LOCK = "package-lock.yml";

    private final Project project;
    private final Path installed;

    public PackageFolder(Project project) {
        this.project = project;
        this.installed = project.root()
                .resolve(project.dbtProject().string("packages-install-path").orElse("dbt_packages"));
    }

    /**
     * Gets everything first; only then replaces what is there. Folders that package-lock.yml does not know are not
     * touched, unless a package of that name is got.
     *
     * @param upgrade whether to look for newer versions than package-lock.yml has
     */
    public List<InstalledPackage> install(boolean upgrade) {
        List<PackageSpec> specs = Installation.read(project.root(), project::render);
        String hash = sha1(specs);
        Path lock = project.root().resolve(LOCK);
        boolean locked = Files.isRegularFile(lock);
        YamlMap before = locked ? YamlReader.readMap(lock, LOCK) : null;
        boolean same = before != null
                && before.string("sha1_hash").filter(hash::equals).isPresent();
        List<PackageSpec> wanted = before != null && same && !upgrade ? PackageSpec.read(before) : specs;
        Path staging = installed.resolve(".millrace-" + UUID.randomUUID());
        String hub = project.invocation().environment().getOrDefault("DBT_PACKAGE_HUB_URL", "https://hub.getdbt.com/");
        try {
            Files.createDirectories(staging);
            try {
                List<InstalledPackage> got = new Installation(
                                project.root(), staging, hub.endsWith("/") ? hub : hub + "/", project::render)
                        .install(wanted);
                if (before != null) {
                    for (YamlMap entry : before.maps("packages")) {
                        remove(entry.string("name").orElse(""));
                    }
                }
                for (InstalledPackage one : got) {
                    remove(one.name());
                    Files.move(staging.resolve(one.name()), installed.resolve(one.name()));
                }
                write(lock, got, hash);
                return got;
            } finally {
                Installation.delete(staging);
            }
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID, "cannot install packages into " + installed + ": " + e.getMessage(), e);
        }
    }

    private void remove(String name) throws IOException {
        Path folder = installed.resolve(name).normalize();
        if (installed.normalize().equals(folder.getParent())) {
            Installation.delete(folder);
        }
    }

    private static void write(Path lock, List<InstalledPackage> packages, String hash) throws IOException {
        StringBuilder yaml = new StringBuilder("packages:");
        yaml.append(packages.isEmpty() ? " []\n" : "\n");
        for (InstalledPackage one : packages) {
            String start = "  - ";
            for (var entry : one.entry().entrySet()) {
                yaml.append(start)
                        .append(entry.getKey())
                        .append(": ")
                        .append(quoted(entry.getValue()))
                        .append('\n');
                start = "    ";
            }
            yaml.append("    name: ").append(quoted(one.name())).append('\n');
        }
        yaml.append("sha1_hash: ").append(hash).append('\n');
        Files.writeString(lock, yaml);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Of what is asked for, wherever it stands in the file. */
    private static String sha1(List<PackageSpec> specs) {
        Set<String> texts = new LinkedHashSet<>();
        for (PackageSpec spec : specs) {
            texts.add(
                    spec instanceof PackageSpec.Hub hub
                            ? hub.key() + " " + hub.versions() + hub.prerelease()
                            : spec instanceof PackageSpec.Git git
                                    ? git.key() + git.revision()
                                    : spec instanceof PackageSpec.Tarball tarball
                                            ? tarball.key() + tarball.url()
                                            : spec.key());
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
            return String.format("%040x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
