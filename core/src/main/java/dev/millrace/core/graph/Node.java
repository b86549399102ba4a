package dev.millrace.core.graph;

import dev.millrace.core.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node of the lineage graph: what it is called, what it depends on, which relation it writes, and the step that makes
 * it. Immutable; built with {@link #builder}.
 */
public final class Node {
    private final NodeId id;
    private final String name;
    private final List<String> fqn;
    private final Set<String> tags;
    private final String path;
    private final Position position;
    private final String description;
    private final List<NodeId> inputs;
    private final @Nullable RelationName relation;
    private final boolean writer;
    private final List<Dataset> reads;
    private final List<Dataset> sends;
    private final boolean gate;
    private final NodePolicy policy;
    private final @Nullable Duration trigger;
    private final Map<String, Object> config;
    private final Map<String, Object> attributes;
    private final @Nullable Step step;

    private Node(Builder builder) {
        id = builder.id;
        name = builder.name;
        fqn = List.copyOf(builder.fqn);
        tags = Collections.unmodifiableSet(new TreeSet<>(builder.tags));
        path = builder.path;
        position = builder.position;
        description = builder.description;
        inputs = List.copyOf(builder.inputs);
        relation = builder.relation;
        writer = builder.writer;
        reads = List.copyOf(builder.reads);
        sends = List.copyOf(builder.sends);
        gate = builder.gate;
        policy = builder.policy;
        trigger = builder.trigger;
        config = Collections.unmodifiableMap(new LinkedHashMap<>(builder.config));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.attributes));
        step = builder.step;
    }

    /** A node that so far has an id, a place in a file and nothing else. */
    public static Builder builder(NodeId id, Position position) {
        return new Builder(id, position);
    }

    public NodeId id() {
        return id;
    }

    public NodeKind kind() {
        return id.kind();
    }

    /** The last part of the id unless set otherwise: the name people use. */
    public String name() {
        return name;
    }

    /** Package or project, folders, name: what dbt's {@code fqn} selector walks. */
    public List<String> fqn() {
        return fqn;
    }

    public Set<String> tags() {
        return tags;
    }

    /** The file that defines it, relative to its project folder. */
    public String path() {
        return path;
    }

    public Position position() {
        return position;
    }

    public String description() {
        return description;
    }

    /** What it depends on, in the order it was named. */
    public List<NodeId> inputs() {
        return inputs;
    }

    /** The relation it stands for: written by it, or (for a source) read through it. */
    public Optional<RelationName> relation() {
        return Optional.ofNullable(relation);
    }

    /** Whether this node's step writes its relation. */
    public boolean writesRelation() {
        return writer && relation != null;
    }

    /** What it reads outside the warehouse. */
    public List<Dataset> reads() {
        return reads;
    }

    /** What it writes outside the warehouse. */
    public List<Dataset> sends() {
        return sends;
    }

    /**
     * Whether what lies downstream of its inputs waits for it and is skipped when it fails: a test, a blocking check.
     */
    public boolean gate() {
        return gate;
    }

    public NodePolicy policy() {
        return policy;
    }

    /**
     * If {@code millrace up} keeps this node running: how long it waits after something arrived before it processes it,
     * at least zero. Empty for a node that runs only when a run asks for it.
     */
    public Optional<Duration> trigger() {
        return Optional.ofNullable(trigger);
    }

    /** The resolved configuration as plain Java values, for the {@code config.} selector and for artifacts. */
    public Map<String, Object> config() {
        return config;
    }

    /**
     * What else selectors ask for, under dbt's names: {@code source_name}, {@code test_type} ({@code generic} or
     * {@code singular}), {@code test_name}, {@code group}, {@code access}, {@code version}. A sync also tells its
     * {@code mapping}: by field of the destination, the column that fills it.
     */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** What makes it; absent for what is only described (a source, an exposure). */
    public Optional<Step> step() {
        return Optional.ofNullable(step);
    }

    @Override
    public String toString() {
        return id.toString();
    }

    /** A builder that starts as this node. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    Node withInputs(List<NodeId> all) {
        Builder copy = new Builder(this);
        copy.inputs.clear();
        copy.inputs.addAll(all);
        return copy.build();
    }

    /** Collects a node. Not thread-safe. */
    public static final class Builder {
        private final NodeId id;
        private final Position position;
        private String name;
        private List<String> fqn;
        private Collection<String> tags = List.of();
        private String path;
        private String description = "";
        private final Set<NodeId> inputs = new LinkedHashSet<>();
        private @Nullable RelationName relation;
        private boolean writer;
        private List<Dataset> reads = new ArrayList<>();
        private List<Dataset> sends = new ArrayList<>();
        private boolean gate;
        private NodePolicy policy = NodePolicy.DEFAULT;
        private @Nullable Duration trigger;
        private Map<String, Object> config = Map.of();
        private Map<String, Object> attributes = Map.of();
        private @Nullable Step step;

        private Builder(NodeId id, Position position) {
            this.id = id;
            this.position = position;
            this.name = id.name();
            this.path = position.file();
            this.fqn = List.of(id.project(), id.name());
        }

        private Builder(Node node) {
            this(node.id, node.position);
            name = node.name;
            fqn = node.fqn;
            tags = node.tags;
            path = node.path;
            description = node.description;
            inputs.addAll(node.inputs);
            relation = node.relation;
            writer = node.writer;
            reads = node.reads;
            sends = node.sends;
            gate = node.gate;
            policy = node.policy;
            trigger = node.trigger;
            config = node.config;
            attributes = node.attributes;
            step = node.step;
        }

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder fqn(List<String> value) {
            fqn = value;
            return this;
        }

        public Builder tags(Collection<String> value) {
            tags = value;
            return this;
        }

        public Builder path(String value) {
            path = value;
            return this;
        }

        public Builder description(String value) {
            description = value;
            return this;
        }

        public Builder input(NodeId value) {
            inputs.add(value);
            return this;
        }

        public Builder inputs(Collection<NodeId> value) {
            inputs.addAll(value);
            return this;
        }

        /** The node's step writes {@code value}. */
        public Builder writes(RelationName value) {
            relation = value;
            writer = true;
            return this;
        }

        /** The node stands for {@code value}, which something else writes. */
        public Builder describes(RelationName value) {
            relation = value;
            writer = false;
            return this;
        }

        public Builder reads(Dataset value) {
            reads = new ArrayList<>(reads);
            reads.add(value);
            return this;
        }

        public Builder sends(Dataset value) {
            sends = new ArrayList<>(sends);
            sends.add(value);
            return this;
        }

        public Builder gate() {
            gate = true;
            return this;
        }

        public Builder trigger(Duration value) {
            trigger = value;
            return this;
        }

        public Builder policy(NodePolicy value) {
            policy = value;
            return this;
        }

        public Builder config(Map<String, Object> value) {
            config = value;
            return this;
        }

        public Builder attributes(Map<String, Object> value) {
            attributes = value;
            return this;
        }

        public Builder step(Step value) {
            step = Objects.requireNonNull(value);
            return this;
        }

        public Node build() {
            return new Node(this);
        }
    }
}
