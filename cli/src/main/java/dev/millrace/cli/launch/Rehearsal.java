package dev.millrace.cli.launch;

import dev.millrace.cli.Main;
import dev.millrace.cli.demo.Demo;
import dev.millrace.cli.init.StarterProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs the usual commands on a small project and on the demo's, so that the JVM sees which classes they load. */
public final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("build"),
            List.of("build", "--log-format", "json"),
            List.of("ls"),
            List.of("ls", "--output", "json"),
            List.of("lineage", "stg_orders"),
            List.of("show", "--select", "stg_orders"),
            List.of("compile"),
            List.of("ls", "--select", "tag:"),
            List.of("nonsense"));

    /** Without servers the demo's project can only be looked at. */
    private static final List<List<String>> ON_THE_DEMO = List.of(
            List.of("ls"),
            List.of("ls", "--output", "json"),
            List.of("parse"),
            List.of("lineage", "customer_value_to_crm"));

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("millrace-rehearsal");
        try {
            StarterProject.write(folder, "rehearsal");
            COMMANDS.forEach(command -> Main.rehearse(folder, command));
            Path shop = folder.resolve("shop");
            Demo.write(shop);
            ON_THE_DEMO.forEach(command -> Main.rehearse(shop, command));
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
