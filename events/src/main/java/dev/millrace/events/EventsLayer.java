package dev.millrace.events;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.graph.Probe;
import dev.millrace.core.project.Project;
import dev.millrace.events.internal.config.TopicNodes;
import dev.millrace.events.internal.kafka.ClusterProbe;
import dev.millrace.events.internal.kafka.KafkaSettings;
import dev.millrace.warehouse.Warehouses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Event streams as a layer of the graph: every topic of a Kafka source becomes a node that writes one table of raw
 * events, exactly once. docs/events.md describes the sources. Thread-safe.
 */
public final class EventsLayer implements Layer {
    private final Warehouses warehouses;
    private final BrokerStarter starter;
    /** Where the brokers are that were started for a source. Guarded by itself. */
    private final Map<String, String> started = new LinkedHashMap<>();

    /**
     * @param warehouses where the data goes; must outlive the run of the nodes
     * @param starter called for sources that say {@code embedded: true}
     */
    public EventsLayer(Warehouses warehouses, BrokerStarter starter) {
        this.warehouses = warehouses;
        this.starter = starter;
    }

    @Override
    public String name() {
        return "events";
    }

    /**
     * Adds the nodes. Asks no broker anything.
     *
     * @throws MillraceException CONFIG_INVALID, CONFIG_MISSING at their places in millrace.yml
     */
    @Override
    public void contribute(Project project, GraphBuilder graph) {
        new TopicNodes(project, graph, warehouses, this::servers).add();
    }

    @Override
    public List<Probe> probes(Project project) {
        return TopicNodes.clusters(project).stream()
                .map(cluster -> new Probe(
                        "sources", cluster.source(), patience -> ClusterProbe.run(cluster, servers(cluster), patience)))
                .toList();
    }

    /** The Kafka sources of a project, in the order of its file. */
    public static List<String> sources(Project project) {
        return TopicNodes.clusters(project).stream().map(KafkaSettings::source).toList();
    }

    /**
     * Starts the brokers that the project asks for with {@code embedded: true}, for those who want them before a topic
     * is read.
     *
     * @return for each such source what a client's {@code bootstrap.servers} is set to
     */
    public Map<String, String> startBrokers(Project project) {
        Map<String, String> brokers = new LinkedHashMap<>();
        for (KafkaSettings cluster : TopicNodes.clusters(project)) {
            if (cluster.embedded().isPresent()) {
                brokers.put(cluster.source(), servers(cluster));
            }
        }
        return brokers;
    }

    /**
     * What publishes events to a source's topics; nothing is connected before the first event.
     *
     * @param source a Kafka source of the project; empty for its only or first one
     * @return empty if the project has no Kafka source
     * @throws MillraceException CONFIG_INVALID if there is no Kafka source of that name
     */
    public Optional<EventCollector> collector(Project project, Optional<String> source) {
        List<KafkaSettings> clusters = TopicNodes.clusters(project);
        if (source.isEmpty()) {
            return clusters.stream().findFirst().map(this::collector);
        }
        KafkaSettings named = clusters.stream()
                .filter(cluster -> cluster.source().equals(source.get()))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "there is no Kafka source '" + source.get() + "'",
                        null,
                        Suggestion.hint(
                                source.get(),
                                clusters.stream().map(KafkaSettings::source).toList()),
                        null));
        return Optional.of(collector(named));
    }

    private EventCollector collector(KafkaSettings cluster) {
        return new EventCollector(cluster, () -> servers(cluster));
    }

    private String servers(KafkaSettings cluster) {
        if (cluster.embedded().isEmpty()) {
            return cluster.bootstrapServers().orElseThrow();
        }
        synchronized (started) {
            String known = started.get(cluster.source());
            if (known == null) {
                KafkaSettings.Embedded broker = cluster.embedded().get();
                try {
                    known = starter.start(cluster.source(), broker.folder(), broker.port());
                } catch (MillraceException e) {
                    throw e.at(cluster.position());
                }
                started.put(cluster.source(), known);
            }
            return known;
        }
    }
}
