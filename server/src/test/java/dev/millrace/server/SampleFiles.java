package dev.millrace.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a small project. */
final class SampleFiles {
    private SampleFiles() {}

    static void write(Path folder) {
        file(folder, "dbt_project.yml", "name: shop\nprofile: warehouse\n");
        file(
                folder,
                "profiles.yml",
                "warehouse:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, threads: 4}\n");
        file(folder, "pipelines.yml", """
                pipelines:
                  - name: nightly
                    description: Everything, once a night, then the CRM.
                    schedule: "0 2 * * *"
                    steps:
                      - name: load
                        select: "connection:*"
                      - name: transform
                        select: "resource_type:model"
                        depends_on: [load]
                      - name: deliver
                        select: "sync:*"
                        depends_on: [transform]
                  - name: marts
                    description: The marts and their tests, every hour.
                    schedule: "@hourly"
                    select: "tag:marts"
                """);
    }

    static void file(Path folder, String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
