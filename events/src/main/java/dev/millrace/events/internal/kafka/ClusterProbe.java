package dev.millrace.events.internal.kafka;

import dev.millrace.core.MillraceException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Tries whether a cluster can be reached. Stateless. */
public final class ClusterProbe {
    private ClusterProbe() {}

    /**
     * Connects and lets go again.
     *
     * @return {@code Kafka, 3 brokers, 12 topics}
     * @throws MillraceException CONNECTION_REFUSED, AUTHENTICATION_FAILED
     */
    public static String run(KafkaSettings settings, String servers, Duration patience) {
        String doing = "connect";
        Map<String, Object> client = settings.client(servers);
        int millis = (int) Math.max(1_000, patience.toMillis());
        client.put("default.api.timeout.ms", millis);
        client.put("request.timeout.ms", millis);
        try (Admin admin = Admin.create(client)) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .size();
            int topics = admin.listTopics()
                    .names()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .size();
            return "Kafka, " + brokers + (brokers == 1 ? " broker, " : " brokers, ") + topics
                    + (topics == 1 ? " topic" : " topics");
        } catch (ExecutionException e) {
            throw KafkaErrors.of(e, doing, servers);
        } catch (java.util.concurrent.TimeoutException e) {
            throw KafkaErrors.of(new org.apache.kafka.common.errors.TimeoutException(e), doing, servers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaErrors.of(e, doing, servers);
        } catch (RuntimeException e) {
            throw KafkaErrors.of(e, doing, servers);
        }
    }
}
