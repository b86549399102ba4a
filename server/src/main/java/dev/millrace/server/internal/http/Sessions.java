package dev.millrace.server.internal.http;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Browsers that have logged in. Kept in memory: a restart logs everybody out. Thread-safe. */
final class Sessions {
    static final Duration LIFE = Duration.ofHours(12);
    private static final int MOST = 1_000;

    private record Session(Principal principal, Instant ends) {}

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    Sessions(Clock clock) {
        this.clock = clock;
    }

    /** The id of a new session. */
    synchronized String open(Principal principal) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.ends().isBefore(now));
        Iterator<String> oldest = sessions.keySet().iterator();
        while (sessions.size() >= MOST && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
        sessions.put(id, new Session(principal, now.plus(LIFE)));
        return id;
    }

    synchronized Optional<Principal> find(String id) {
        Session session = sessions.get(id);
        return session == null || session.ends().isBefore(clock.instant())
                ? Optional.empty()
                : Optional.of(session.principal());
    }

    synchronized void close(String id) {
        sessions.remove(id);
    }
}
