package dev.millrace.transform.internal.cache;

import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.project.DbtPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a parse depends on but the files of the packages and what templates ask the environment for: this
 * build, the target as templates see it, the variables, the packages and their dbt_project.yml, and the day, for models
 * that are deprecated from a day on. The parts are hashed; nothing can be read back.
 */
final class Fingerprint {
    private Fingerprint() {}

    /** @throws NotCacheable if something in it is of no kind that can be written */
    static byte[] of(Project project, List<DbtPackage> packages, RelationName anywhere) {
        CacheWriter parts = new CacheWriter();
        parts.text(CodeVersion.current());
        parts.text(ProjectContext.DBT_VERSION);
        parts.text(LocalDate.now(ZoneOffset.UTC).toString());
        parts.text(project.root().toString());
        parts.text(project.name());
        parts.value(project.invocation().vars());
        Object target = project.globals().lookup("target");
        parts.value(target == null ? null : Values.toJava(target));
        for (String part : List.of(
                anywhere.warehouse(),
                anywhere.database(),
                anywhere.schema(),
                project.target().type())) {
            parts.text(part);
        }
        for (DbtPackage owner : packages) {
            parts.text(owner.name());
            parts.text(owner.root().toString());
            // As written, for the positions of hooks, and as rendered, for the environment.
            parts.text(written(owner.root().resolve("dbt_project.yml")));
            parts.text(written(owner.root().resolve("vars.yml")));
            parts.map(owner.file().toJava());
        }
        return sha256(parts.toBytes());
    }

    private static @Nullable String written(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
