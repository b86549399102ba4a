package dev.millrace.testkit.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What visitors do in the shop's web site: sessions of page views that end in a cart and perhaps a checkout. The same
 * calls make the same events everywhere. Stateless.
 */
public final class WebEvents {
    private static final long SESSIONS_PER_DAY = 4_000;
    private static final Duration OPEN = Duration.ofHours(10);

    private WebEvents() {}

    /**
     * The events of one day, in the order in which they arrive: nearly that of their time.
     *
     * @param round as in {@link ShopDatabase#change}; 0 is the day before the first
     * @param scale 1 for 4,000 sessions of about five events each
     */
    public static List<WebEvent> day(int round, double scale) {
        long sessions = Math.max(1, Math.round(SESSIONS_PER_DAY * scale));
        Instant morning = Generated.NOW.plus(round, ChronoUnit.DAYS).plusSeconds(1);
        List<Timed> events = new ArrayList<>();
        for (long session = 0; session < sessions; session++) {
            SplittableRandom random = Generated.random("session" + round, session);
            Instant begin = morning.plus(OPEN.multipliedBy(session).dividedBy(sessions));
            events.addAll(session("s" + round + "-" + session, begin, random, Math.max(1, Math.round(20_000 * scale))));
        }
        events.sort((one, other) -> one.arrives.compareTo(other.arrives));
        return events.stream().map(Timed::event).toList();
    }

    /** One session that begins at {@code begin}, for a shop that is open now. */
    public static List<WebEvent> session(long number, Instant begin, long customers) {
        return session("live-" + number, begin, Generated.random("live", number), customers).stream()
                .map(Timed::event)
                .toList();
    }

    private static List<Timed> session(String id, Instant begin, SplittableRandom random, long customers) {
        List<Timed> events = new ArrayList<>();
        String customer = random.nextInt(3) == 0 ? "null" : Long.toString(1 + random.nextLong(customers));
        int views = 1 + random.nextInt(6);
        Instant at = begin;
        for (int i = 0; i < views; i++) {
            events.add(event(id, i, "page_view", at, customer, random));
            at = at.plusMillis(500 + random.nextInt(40_000));
        }
        if (random.nextInt(3) == 0) {
            events.add(event(id, views, "add_to_cart", at, customer, random));
            at = at.plusMillis(500 + random.nextInt(60_000));
            if (random.nextBoolean()) {
                events.add(event(id, views + 1, "checkout", at, customer, random));
            }
        }
        return events;
    }

    private static Timed event(
            String session, int number, String type, Instant at, String customer, SplittableRandom random) {
        int product = 1 + random.nextInt(1_000);
        String json = "{\"id\":\"" + session + "-" + number + "\",\"type\":\"" + type + "\",\"timestamp\":\""
                + at.truncatedTo(ChronoUnit.MILLIS) + "\",\"session_id\":\"" + session + "\",\"customer_id\":"
                + customer + ",\"data\":{\"product_id\":" + product + ",\"path\":\"/products/" + product + "\"}}";
        // Now and then a phone comes out of a tunnel.
        long late = random.nextInt(50) == 0 ? random.nextInt(240) : 0;
        return new Timed(at.plusSeconds(late), new WebEvent(session, json));
    }

    private record Timed(Instant arrives, WebEvent event) {}
}
