package dev.millrace.transform.internal.cache;

import dev.millrace.core.project.Project;
import dev.millrace.jinja.JinjaEnvironment;
import dev.millrace.transform.internal.context.ProjectContext;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.UUID;

/** Which build of Millrace parses: another one may come to something else. */
final class CodeVersion {
    /** Code that does not stand in jars can change at any time: what it parsed counts in this process only. */
    private static final String THIS_PROCESS = UUID.randomUUID().toString();

    private CodeVersion() {}

    static String current() {
        StringBuilder version = new StringBuilder();
        for (Class<?> part : List.of(JinjaEnvironment.class, Project.class, ProjectContext.class)) {
            version.append(of(part)).append('\n');
        }
        return version.toString();
    }

    private static String of(Class<?> part) {
        CodeSource source = part.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
            return THIS_PROCESS;
        }
        try {
            Path jar = Path.of(location.toURI());
            return Files.isRegularFile(jar)
                    ? jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar)
                    : THIS_PROCESS;
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            return THIS_PROCESS;
        }
    }
}
