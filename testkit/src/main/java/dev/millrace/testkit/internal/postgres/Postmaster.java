package dev.millrace.testkit.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The server's main process, as its {@code postmaster.pid} tells. */
record Postmaster(long pid) {
    static final String PID_FILE = "postmaster.pid";

    /** The live server on a data directory, if there is one; a file left by a dead one does not count. */
    static Optional<Postmaster> on(Path dataDirectory) throws IOException {
        try {
            List<String> lines = Files.readAllLines(dataDirectory.resolve(PID_FILE));
            if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
                return Optional.empty();
            }
            Postmaster found = new Postmaster(Long.parseLong(lines.get(0).strip()));
            return found.isServing(dataDirectory) ? Optional.of(found) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The process and everything it started, the process first. */
    List<ProcessHandle> tree() {
        return ProcessHandle.of(pid)
                .map(handle ->
                        Stream.concat(Stream.of(handle), handle.descendants()).toList())
                .orElse(List.of());
    }

    boolean isServing(Path dataDirectory) {
        String commandLine = commandLine();
        return commandLine.contains("postgres") && commandLine.contains(dataDirectory.toString());
    }

    /** Empty for a process that is gone, and for one that has ended but was not collected by its parent. */
    private String commandLine() {
        Path proc = Path.of("/proc", Long.toString(pid), "cmdline");
        if (Files.isDirectory(Path.of("/proc/self"))) {
            try {
                return Files.readString(proc).replace('\0', ' ');
            } catch (IOException e) {
                return "";
            }
        }
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().commandLine())
                .orElse("");
    }
}
