package dev.millrace.orchestrate.internal.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who works on a run: a process of a machine.
 *
 * @param started when the process began, as its machine tells it; process ids are used again
 */
public record Owner(String host, long pid, Instant started, String id) {
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** This process, as one worker. */
    public static Owner here() {
        ProcessHandle process = ProcessHandle.current();
        return new Owner(
                hostName(),
                process.pid(),
                process.info().startInstant().orElse(Instant.EPOCH),
                UUID.randomUUID().toString());
    }

    /** Whether the owner that {@link #toString} wrote was a process of this machine that is gone. */
    public boolean knowsDead(String other) {
        String[] parts = other.split("\\|", -1);
        if (parts.length != 4 || !parts[0].equals(host)) {
            return false;
        }
        Optional<ProcessHandle> process =
                ProcessHandle.of(Long.parseLong(parts[1])).filter(ProcessHandle::isAlive);
        Instant then = Instant.parse(parts[2]);
        return process.isEmpty()
                || process.get()
                        .info()
                        .startInstant()
                        .filter(start -> Duration.between(start, then).abs().compareTo(TOLERANCE) > 0)
                        .isPresent();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replace('|', '_');
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public String toString() {
        return host + "|" + pid + "|" + started + "|" + id;
    }
}
