package dev.millrace.transform;

import dev.millrace.core.project.Project;
import dev.millrace.transform.internal.deps.InstalledPackage;
import dev.millrace.transform.internal.deps.PackageFolder;
import java.util.List;

/**
 * Installs the packages that packages.yml or dependencies.yml names, and those that they need, as dbt's {@code deps}:
 * from folders, git repositories, tar files and dbt's hub. Needs no graph.
 */
public final class PackageInstaller {
    private final PackageFolder folder;

    public PackageInstaller(Project project) {
        this.folder = new PackageFolder(project);
    }

    /**
     * Installs all of them, or (when anything is missing) changes nothing.
     *
     * @param upgrade whether to look for newer versions than package-lock.yml has
     * @return what is installed now, for people: name, version, origin
     * @throws dev.millrace.core.MillraceException CONFIG_INVALID at the entry, CONNECTION_REFUSED and SOURCE_FAILED
     */
    public List<String> install(boolean upgrade) {
        return folder.install(upgrade).stream().map(InstalledPackage::display).toList();
    }
}
