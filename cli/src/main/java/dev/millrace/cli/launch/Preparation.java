package dev.millrace.cli.launch;

import dev.millrace.warehouse.duckdb.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Makes what the launcher starts commands with: the class path with DuckDB's library unpacked once per user, and an
 * archive of the classes that commands load (class data sharing, JEP 310). Run by the launcher, once per build and Java
 * version. Arguments: the folder of the jars, the folder to write {@code classpath} and {@code classes.jsa} to.
 */
public final class Preparation {
    private static final String CLI_JAR = "millrace-cli.jar";
    private static final String DRIVER = "duckdb_jdbc";

    private Preparation() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path lib = Path.of(arguments[0]);
        Path launch = Path.of(arguments[1]);
        String classPath = classPath(lib);
        Path classes = launch.resolve("classes.lst");
        Path archive = launch.resolve("making.jsa");
        // A static archive: the dynamic ones of Java 17 leave out classes compiled for Java 5, such as picocli's.
        java(List.of("-XX:DumpLoadedClassList=" + classes, "-cp", classPath, Rehearsal.class.getName()));
        java(List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + archive,
                "-XX:+UseG1GC",
                "-cp",
                classPath));
        Files.writeString(launch.resolve("classpath"), classPath + "\n");
        // Last, for the launcher takes its presence as the sign that all is there.
        Files.move(archive, launch.resolve("classes.jsa"), StandardCopyOption.ATOMIC_MOVE);
        deleteOthers(launch);
    }

    private static void java(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xlog:disable", "-Xlog:all=error:stderr"));
        command.addAll(options);
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
    }

    /**
     * The jars in the order of the manifest, with the driver's jar replaced by the one that has its library beside it.
     */
    private static String classPath(Path lib) throws IOException {
        Path cli = lib.resolve(CLI_JAR);
        List<String> jars = new ArrayList<>(List.of(cli.toString()));
        try (JarFile jar = new JarFile(cli.toFile())) {
            String named = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String name : named.split(" ")) {
                Path path = lib.resolve(name);
                jars.add((name.startsWith(DRIVER)
                                ? NativeLibrary.besideJar(path, NativeLibrary.cacheFolder(System.getenv()))
                                : path)
                        .toString());
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    /** What earlier builds left. A process that still uses an archive keeps it until it ends. */
    private static void deleteOthers(Path launch) throws IOException {
        List<Path> others;
        try (Stream<Path> folders = Files.list(launch.toAbsolutePath().getParent())) {
            others = folders.filter(folder -> !folder.getFileName().equals(launch.getFileName()))
                    .filter(folder -> Files.exists(folder.resolve("classes.jsa")))
                    .toList();
        }
        for (Path folder : others) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
