package dev.millrace.cdc.internal.source;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** MariaDB's global transaction ids, {@code domain-server-sequence}: the last one of each domain. Immutable. */
record Gtids(Map<String, String> last) {
    static final Gtids NONE = new Gtids(Map.of());

    Gtids {
        last = java.util.Collections.unmodifiableMap(new TreeMap<>(last));
    }

    /** @param text ids with commas between; null or empty for none */
    static Gtids parse(@Nullable Object text) {
        Gtids all = NONE;
        for (String one : String.valueOf(text == null ? "" : text).split("[,\\s]+")) {
            if (!one.isEmpty()) {
                boolean newer = sequence(one) >= all.sequenceOf(domain(one));
                all = newer ? all.with(one) : all;
            }
        }
        return all;
    }

    /** After the transaction with this id. */
    Gtids with(String gtid) {
        Map<String, String> next = new TreeMap<>(last);
        next.put(domain(gtid), gtid);
        return new Gtids(next);
    }

    /** Whether everything up to {@code other} is among these. */
    boolean covers(Gtids other) {
        return other.last.entrySet().stream().allMatch(one -> sequence(one.getValue()) <= sequenceOf(one.getKey()));
    }

    private long sequenceOf(String domain) {
        String gtid = last.get(domain);
        return gtid == null ? -1 : sequence(gtid);
    }

    static boolean isGtid(String text) {
        return text.matches("\\d+-\\d+-\\d+");
    }

    private static String domain(String gtid) {
        return gtid.substring(0, gtid.indexOf('-'));
    }

    private static long sequence(String gtid) {
        return Long.parseLong(gtid.substring(gtid.lastIndexOf('-') + 1));
    }

    @Override
    public String toString() {
        return String.join(",", last.values());
    }
}
