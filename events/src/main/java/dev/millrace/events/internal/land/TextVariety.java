package dev.millrace.events.internal.land;

import java.util.HashSet;
import java.util.Set;

/** Whether the texts of a field hardly ever come twice, as far as the first of them tell. Used by one thread. */
final class TextVariety {
    private static final int MOST = 1_000;
    private static final int ENOUGH = 200;
    /** Shorter texts are stored well in any way. */
    private static final int SHORT_BYTES = 12;

    private final Set<Integer> hashes = new HashSet<>();
    private int seen;
    private long bytes;

    void see(byte[] source, int from, int to) {
        if (seen == MOST) {
            return;
        }
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + source[i];
        }
        hashes.add(hash);
        seen++;
        bytes += to - from;
    }

    boolean isVaried() {
        return seen >= ENOUGH && hashes.size() * 10L >= seen * 9L && bytes > (long) seen * SHORT_BYTES;
    }
}
