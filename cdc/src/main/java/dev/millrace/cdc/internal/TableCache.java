package dev.millrace.cdc.internal;

import dev.millrace.cdc.internal.config.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables a connector's lists meant when its database was last asked, so that a command that only looks needs no
 * server: a line that says which database and which lists, then a line per table. A file that cannot be read counts as
 * none.
 */
final class TableCache {
    private final Path file;
    private final String heading;

    TableCache(Path folder, Connector connector) {
        this.file = folder.resolve("cdc-" + connector.spec().name() + ".txt");
        this.heading = connector.endpoint().identity() + " "
                + connector.spec().value("table.include.list").orElse("") + " "
                + connector.spec().value("table.exclude.list").orElse("") + " "
                + connector.spec().value("schema.include.list").orElse("") + " "
                + connector.spec().value("schema.exclude.list").orElse("");
    }

    Optional<List<TableId>> read() {
        try {
            List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
            return lines.isEmpty() || !lines.get(0).equals(heading)
                    ? Optional.empty()
                    : Optional.of(lines.stream().skip(1).map(TableId::parse).toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Best effort: without it the next command asks again. */
    void write(List<TableId> tables) {
        List<String> lines = new ArrayList<>(List.of(heading));
        tables.forEach(table -> lines.add(table.toString()));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            return;
        }
    }
}
