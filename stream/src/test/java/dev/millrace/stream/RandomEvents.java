package dev.millrace.stream;

import dev.millrace.warehouse.Session;
import java.util.Random;

/** Batches of events in random order and lateness, the same for the same seed. */
final class RandomEvents {
    private static final int PARTITIONS = 3;

    private final long seed;

    RandomEvents(long seed) {
        this.seed = seed;
    }

    /** Lands one batch in one transaction, as a consumer does: batch {@code number} of about an hour of events each. */
    void land(Session session, int number) {
        Random random = new Random(seed * 1000 + number);
        int rows = 1 + random.nextInt(60);
        long id = number * 1000L;
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            // Mostly of this hour, some hours old: what is late depends on when the model was refreshed.
            long second = 3600L * number + random.nextInt(3600) - (random.nextInt(8) == 0 ? random.nextInt(20_000) : 0);
            String time = random.nextInt(40) == 0
                    ? "null"
                    : "make_timestamptz(1767225600000000 + " + (second * 1_000_000 + random.nextInt(1_000_000)) + ")";
            String kind = random.nextInt(10) == 0 ? "null" : "'k" + random.nextInt(4) + "'";
            String amount = random.nextInt(10) == 0 ? "null" : String.valueOf(random.nextInt(100) - 50);
            int partition = random.nextInt(PARTITIONS);
            values.append(values.length() == 0 ? "" : ", ")
                    .append("(" + id++ + ", " + kind + ", " + amount + ", " + random.nextInt(1000) / 8.0 + ", " + time
                            + ", " + number + ", " + partition + ", " + id + ", now())");
        }
        if (values.length() > 0) {
            session.execute("insert into raw.events values " + values);
        }
    }
}
