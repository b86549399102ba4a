package dev.millrace.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes, in a mount namespace of its own: only processes that are started through it see it.
 * It is gone when it is closed.
 */
final class SmallDisk implements AutoCloseable {
    private final Process holder;
    private final Path folder;
    private final List<String> entrance;

    private SmallDisk(Process holder, Path folder, List<String> entrance) {
        this.holder = holder;
        this.folder = folder;
        this.entrance = entrance;
    }

    /** Mounted on {@code folder}; empty where this user may not make namespaces. */
    static Optional<SmallDisk> mount(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        return mount(folder, megabytes, List.of("unshare", "-m"), List.of("-m"))
                .or(() -> mount(
                        folder, megabytes, List.of("unshare", "-rm"), List.of("-U", "-m", "--preserve-credentials")));
    }

    private static Optional<SmallDisk> mount(
            Path folder, int megabytes, List<String> unshare, List<String> namespaces) {
        List<String> command = new ArrayList<>(unshare);
        command.addAll(List.of(
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + megabytes + "m none \"$0\" && echo mounted && read line",
                folder.toString()));
        try {
            Process holder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            if (!"mounted".equals(said.readLine())) {
                holder.destroyForcibly();
                return Optional.empty();
            }
            List<String> entrance = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(holder.pid())));
            entrance.addAll(namespaces);
            return Optional.of(new SmallDisk(holder, folder, entrance));
        } catch (IOException e) {
            // There is no such program here.
            return Optional.empty();
        }
    }

    /** Makes it larger; what is on it stays. */
    void enlarge(int megabytes) {
        try {
            Process mount = new ProcessBuilder(
                            within("mount", "-o", "remount,size=" + megabytes + "m", folder.toString()))
                    .inheritIO()
                    .start();
            if (!mount.waitFor(20, TimeUnit.SECONDS) || mount.exitValue() != 0) {
                throw new IllegalStateException("cannot enlarge " + folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the program with the disk in its place. */
    Terminal.Said run(Path project, String... arguments) throws IOException {
        // Who enters a mount namespace stands in its root.
        List<String> command = within("sh", "-c", "cd \"$0\" && exec \"$@\"", project.toString());
        command.addAll(MillraceProcess.command(arguments));
        try (MillraceProcess process = MillraceProcess.start(project, command)) {
            return process.end();
        }
    }

    private List<String> within(String... command) {
        List<String> whole = new ArrayList<>(entrance);
        whole.addAll(List.of(command));
        return whole;
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
