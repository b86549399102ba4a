package dev.millrace.testkit.internal.postgres;

import dev.millrace.testkit.TestkitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL's programs run. PostgreSQL refuses to run as root, so that a root process puts it into a user
 * namespace, where it has no rights but its files stay root's, or makes it another user.
 *
 * @param prefix what stands before each command
 * @param uid the user its files must belong to
 */
record RunAs(List<String> prefix, int uid) {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final int NOBODY = 65534;
    private static final int OWN_UID = readOwnUid();

    RunAs {
        prefix = List.copyOf(prefix);
    }

    static int ownUid() {
        return OWN_UID;
    }

    /** The first way that can run the server in {@code folder}, which then belongs to that user. */
    static RunAs firstThatWorks(PostgresBinaries binaries, Path folder) {
        List<String> failures = new ArrayList<>();
        for (RunAs candidate : candidates()) {
            String failure = candidate.prepare(binaries, folder);
            if (failure.isEmpty()) {
                return candidate;
            }
            failures.add(failure);
        }
        throw new TestkitException("PostgreSQL cannot be run here"
                + (OWN_UID == 0
                        ? ": it refuses to run as root, and none of these ways to drop root's rights worked"
                        : "")
                + "\n  " + String.join("\n  ", failures)
                + (OWN_UID == 0 ? "\nRun as an ordinary user, or install util-linux (unshare, setpriv)." : ""));
    }

    List<String> command(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    private static List<RunAs> candidates() {
        if (OWN_UID != 0) {
            return List.of(new RunAs(List.of(), OWN_UID));
        }
        List<String> setpriv = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        List<String> setprivPassingFolders = new ArrayList<>(setpriv);
        // The folder may lie where only root may go, such as /root.
        setprivPassingFolders.addAll(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
        return List.of(
                new RunAs(List.of("unshare", "-U"), 0),
                new RunAs(setprivPassingFolders, NOBODY),
                new RunAs(setpriv, NOBODY),
                new RunAs(List.of("runuser", "-u", "nobody", "--"), NOBODY));
    }

    /** Empty if it works, else why not. */
    private String prepare(PostgresBinaries binaries, Path folder) {
        String script = "[ \"$(id -u)\" != 0 ] || { echo still root; exit 1; }; [ -w \"$1\" ] && [ -x \"$1\" ]"
                + " || { echo \"no access to $1\"; exit 1; }; exec \"$2\" --version";
        List<String> probe = new ArrayList<>(prefix);
        probe.addAll(List.of("/bin/sh", "-c", script, "sh"));
        probe.add(folder.toString());
        probe.add(binaries.program("postgres").toString());
        try {
            if (OWN_UID == 0) {
                Folders.giveTo(uid, folder);
            }
            CommandLine.Result result = CommandLine.run(PROBE_LIMIT, probe);
            return result.ok() ? "" : describe() + ": " + result.output().strip();
        } catch (TestkitException | IOException e) {
            return describe() + ": " + e.getMessage();
        }
    }

    private String describe() {
        return prefix.isEmpty() ? "as user " + uid : String.join(" ", prefix);
    }

    private static int readOwnUid() {
        try {
            Path mine = Files.createTempFile("millrace-", ".uid");
            try {
                return Folders.owner(mine);
            } finally {
                Files.deleteIfExists(mine);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find out the user id of this process", e);
        }
    }
}
