package dev.millrace.orchestrate;

import dev.millrace.core.project.Project;
import dev.millrace.orchestrate.internal.store.Database;
import java.nio.file.Path;

/**
 * Where runs, their queue and their history are kept: {@code .millrace/runs.db} in the project folder. Losing it loses
 * history, never data. Several processes may use it at once. Thread-safe.
 */
public final class RunStore implements AutoCloseable {
    private final Database database;

    private RunStore(Database database) {
        this.database = database;
    }

    /** @throws dev.millrace.core.MillraceException RUN_STORE_FAILED */
    public static RunStore open(Project project) {
        return open(file(project.root()));
    }

    /** @param file made if it is not there, with its folder */
    public static RunStore open(Path file) {
        return new RunStore(Database.open(file));
    }

    static Path file(Path projectFolder) {
        return projectFolder.resolve(".millrace").resolve("runs.db");
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }
}
