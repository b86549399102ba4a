package dev.millrace.testkit.internal.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.testkit.TestkitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One PostgreSQL data directory and the server on it. The home folder holds {@code data} (the directory itself) and
 * {@code postgres.log}. Not thread-safe: its owner serialises the calls.
 */
public final class DataDirectory {
    private static final Duration INIT_LIMIT = Duration.ofMinutes(2);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final int LOG_TAIL_LINES = 15;

    private final PostgresBinaries binaries;
    private final RunAs runAs;
    private final Path home;
    private final Path data;

    /** @param home an existing folder of ours, as a real path */
    public DataDirectory(PostgresBinaries binaries, Path home) {
        this.binaries = binaries;
        this.home = home;
        this.data = home.resolve("data");
        this.runAs = RunAs.firstThatWorks(binaries, home);
    }

    public Path log() {
        return home.resolve("postgres.log");
    }

    /** Makes the cluster unless there is one; a half-made one of a killed process is thrown away. */
    public void initialise(String user, String password) throws IOException {
        Path staging = home.resolve("data.new");
        Folders.delete(staging);
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        if (Files.exists(data)) {
            throw new TestkitException(data + " is there but is no PostgreSQL data directory; move it away");
        }
        Path passwordFile = home.resolve("password.new");
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password);
            giveToServer(passwordFile);
            run(
                    INIT_LIMIT,
                    "initdb",
                    List.of(
                            "--pgdata=" + staging,
                            "--username=" + user,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--no-sync",
                            "--no-instructions"));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(staging, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts the server and waits until it takes connections; the error holds the end of the server's log. */
    public void start(Map<String, String> settings) throws IOException {
        List<String> lines = new ArrayList<>();
        settings.forEach((name, value) -> lines.add(name + " = '" + value.replace("'", "''") + "'"));
        Path configuration = data.resolve("postgresql.conf");
        Files.write(configuration, lines, UTF_8);
        giveToServer(configuration);
        Files.deleteIfExists(data.resolve(Postmaster.PID_FILE));
        run(
                START_LIMIT.plusSeconds(10),
                "pg_ctl",
                List.of(
                        "start",
                        "-D",
                        data.toString(),
                        "-l",
                        log().toString(),
                        "-w",
                        "-s",
                        "-t",
                        seconds(START_LIMIT)));
    }

    /** Stops the server, if one is running, whoever started it; returns when its process has gone. */
    public void stop() throws IOException {
        Optional<Postmaster> running = Postmaster.on(data);
        if (running.isEmpty()) {
            return;
        }
        List<String> arguments =
                List.of("stop", "-D", data.toString(), "-m", "fast", "-w", "-s", "-t", seconds(STOP_LIMIT));
        CommandLine.Result result =
                CommandLine.run(STOP_LIMIT.plusSeconds(10), runAs.command(binaries.program("pg_ctl"), arguments));
        if (running.get().isServing(data)) {
            kill();
        } else if (!result.ok() && Postmaster.on(data).isPresent()) {
            throw new TestkitException("the PostgreSQL server on " + data + " did not stop: " + result.output());
        }
    }

    /** Kills the server and its children with SIGKILL and waits until they are gone; nothing is cleaned up. */
    public void kill() throws IOException {
        List<ProcessHandle> tree = Postmaster.on(data).map(Postmaster::tree).orElse(List.of());
        tree.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : tree) {
            awaitExit(process);
        }
    }

    public boolean isRunning() throws IOException {
        return Postmaster.on(data).isPresent();
    }

    public long pid() throws IOException {
        return Postmaster.on(data)
                .orElseThrow(() -> new TestkitException("no server is running on " + data))
                .pid();
    }

    private static void awaitExit(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new TestkitException("process " + process.pid() + " did not end after SIGKILL", e);
        } catch (ExecutionException e) {
            throw new TestkitException("cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestkitException("interrupted while waiting for process " + process.pid(), e);
        }
    }

    private void run(Duration limit, String program, List<String> arguments) throws IOException {
        CommandLine.Result result = CommandLine.run(limit, runAs.command(binaries.program(program), arguments));
        if (!result.ok()) {
            throw new TestkitException("PostgreSQL's " + program + " failed on " + home + ": "
                    + result.output().strip() + logTail());
        }
    }

    private String logTail() throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        List<String> lines = Files.readAllLines(log());
        return "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    private void giveToServer(Path path) throws IOException {
        if (RunAs.ownUid() == 0) {
            Files.setAttribute(path, "unix:uid", runAs.uid());
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
