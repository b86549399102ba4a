package dev.millrace.assets.internal;

import dev.millrace.assets.Asset;
import dev.millrace.assets.Schedule;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.NodePolicy;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds the nodes of a project's assets. */
public final class AssetNodes {
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    private final Project project;
    private final GraphBuilder graph;
    private final Warehouses warehouses;
    private final JavaFiles files;

    public AssetNodes(Project project, GraphBuilder graph, Warehouses warehouses) {
        this.project = project;
        this.graph = graph;
        this.warehouses = warehouses;
        this.files = JavaFiles.of(project);
    }

    /** @throws MillraceException with everything that is wrong, at its place */
    public void add() {
        if (files.sources().isEmpty()) {
            return;
        }
        List<AssetMethod> assets = assets(new AssetCompiler(files).compile());
        String warehouse = warehouses.relation(project.target(), "", "").warehouse();
        Parameters parameters = new Parameters(graph.nodes(), warehouse);
        assets.forEach(asset -> parameters.add(asset.name(), new Parameters.InputTable(id(asset), relation(asset))));
        Problems problems = new Problems();
        for (AssetMethod asset : assets) {
            problems.collect(() -> graph.add(node(asset, parameters.of(asset))));
        }
        problems.throwIfAny();
    }

    private List<AssetMethod> assets(Path classes) {
        Problems problems = new Problems();
        List<AssetMethod> assets = new ArrayList<>();
        ClassLoader loader = loader(classes);
        for (String name : classNames(classes)) {
            try {
                Class<?> type = Class.forName(name, false, loader);
                Stream.of(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Asset.class))
                        .sorted(Comparator.comparing(Method::getName))
                        .forEach(method -> problems.collect(() -> assets.add(asset(type, method))));
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add(new MillraceException(
                        ErrorCode.JAVA_INVALID,
                        "class " + name + " cannot be loaded: " + e,
                        Position.ofFile("assets"),
                        "Put the libraries it needs into assets/lib.",
                        e));
            }
        }
        problems.throwIfAny();
        return assets;
    }

    private AssetMethod asset(Class<?> type, Method method) {
        Asset asset = method.getAnnotation(Asset.class);
        if (asset == null) {
            throw new IllegalStateException(method.toString());
        }
        return AssetMethod.of(method, asset, files.position(type, method.getName()));
    }

    private static List<String> classNames(Path classes) {
        try (Stream<Path> all = Files.walk(classes)) {
            return all.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lives as long as its classes are in use: the nodes of a graph. */
    @SuppressWarnings("resource")
    private ClassLoader loader(Path classes) {
        try {
            List<URL> places = new ArrayList<>(List.of(classes.toUri().toURL()));
            for (Path library : files.libraries()) {
                places.add(library.toUri().toURL());
            }
            return new URLClassLoader(places.toArray(URL[]::new), Asset.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private NodeId id(AssetMethod asset) {
        return new NodeId(NodeKind.ASSET, project.name(), asset.name());
    }

    private Optional<RelationName> relation(AssetMethod asset) {
        if (asset.materialized().equals("none")) {
            return Optional.empty();
        }
        Target target = project.target();
        String schema = asset.asset().schema().isEmpty()
                ? target.settings().string("schema").orElse("main")
                : asset.asset().schema();
        return Optional.of(warehouses.relation(target, schema, asset.name()));
    }

    private Node node(AssetMethod asset, List<Optional<Parameters.Argument>> parameters) {
        Optional<RelationName> relation = relation(asset);
        Node.Builder node = Node.builder(id(asset), asset.position())
                .description(asset.asset().description())
                .tags(List.of(asset.asset().tags()))
                .policy(NodePolicy.DEFAULT.withRetries(asset.asset().retries(), RETRY_DELAY))
                .config(config(asset))
                .attributes(Map.of("class", asset.method().getDeclaringClass().getName()))
                .step(new AssetStep(project, warehouses, asset, parameters, relation));
        parameters.forEach(parameter ->
                parameter.ifPresent(argument -> node.input(argument.input().id())));
        relation.ifPresent(node::writes);
        return node.build();
    }

    private static Map<String, Object> config(AssetMethod asset) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("materialized", asset.materialized());
        Schedule schedule = asset.method().getAnnotation(Schedule.class);
        if (schedule != null) {
            config.put(
                    "schedule",
                    Map.of(
                            "cron", schedule.cron(),
                            "timezone", schedule.timezone(),
                            "upstream", schedule.upstream(),
                            "downstream", schedule.downstream()));
        }
        return config;
    }
}
