package dev.millrace.transform.internal.cache;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.DocBlock;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Fixture;
import dev.millrace.transform.internal.resource.Group;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SemanticNode;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.UnitTest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SnapshotWriter} wrote. */
final class SnapshotReader {
    private final CacheReader in;
    private final ResourceReader resources;
    private final Map<String, DbtPackage> packages = new HashMap<>();
    private final Map<String, Supplier<Template>> files = new HashMap<>();
    private final Map<NodeId, Resource> byId = new HashMap<>();

    private SnapshotReader(CacheReader in, List<DbtPackage> packages) {
        this.in = in;
        packages.forEach(owner -> this.packages.putIfAbsent(owner.name(), owner));
        this.resources = new ResourceReader(in, this.packages);
    }

    /** @throws RuntimeException if it is not what a writer of this version wrote */
    static ParseSnapshot read(CacheReader in, List<DbtPackage> packages) {
        return new SnapshotReader(in, packages).snapshot();
    }

    private ParseSnapshot snapshot() {
        return new ParseSnapshot(
                in.text(),
                entries(),
                macros(),
                in.list(this::doc),
                in.list(this::found),
                in.list(resources::source),
                in.list(this::exposure),
                in.list(this::semantic),
                in.list(this::group),
                in.list(this::unitTest),
                undeclared(),
                in.list(resources::resource),
                in.list(resources::resource),
                in.list(this::warning));
    }

    private Map<String, List<String>> entries() {
        Map<String, List<String>> entries = new LinkedHashMap<>();
        int count = in.number();
        for (int i = 0; i < count; i++) {
            String path = in.text();
            entries.put(path, in.texts());
        }
        return entries;
    }

    private Map<String, Map<String, Macro>> macros() {
        Map<String, Map<String, Macro>> all = new LinkedHashMap<>();
        int count = in.number();
        for (int i = 0; i < count; i++) {
            String owner = in.text();
            Map<String, Macro> macros = new LinkedHashMap<>();
            in.list(() -> macro(owner)).forEach(macro -> macros.put(macro.name(), macro));
            all.put(owner, macros);
        }
        return all;
    }

    private Macro macro(String owner) {
        DbtPackage home = Objects.requireNonNull(packages.get(owner));
        String name = in.text();
        String path = in.text();
        Position position = resources.position();
        Supplier<Template> file =
                files.computeIfAbsent(position.file(), display -> MacroFiles.file(home, path, display));
        return MacroFiles.known(home, name, path, position, in.text(), file);
    }

    private DocBlock doc() {
        return new DocBlock(in.text(), in.text(), in.text(), in.text(), in.text());
    }

    private ParseSnapshot.Found found() {
        boolean kept = in.bool();
        Resource resource = resources.resource();
        if (kept) {
            byId.putIfAbsent(resource.id(), resource);
        }
        return new ParseSnapshot.Found(resource, kept);
    }

    private Exposure exposure() {
        return new Exposure(resources.identity(), in.text(), resources.config(), resources.dependencies(), in.map());
    }

    private SemanticNode semantic() {
        return new SemanticNode(
                resources.identity(), in.text(), resources.config(), resources.dependencies(), in.map());
    }

    private Group group() {
        return new Group(in.text(), in.text(), in.text(), in.text(), in.text(), in.map(), in.map());
    }

    private UnitTest unitTest() {
        Identity identity = resources.identity();
        String description = in.text();
        Config config = resources.config();
        NodeId tested = resources.id();
        Map<NodeId, Fixture> given = new LinkedHashMap<>();
        int inputs = in.number();
        for (int i = 0; i < inputs; i++) {
            NodeId id = resources.id();
            given.put(id, fixture());
        }
        return new UnitTest(
                identity,
                description,
                config,
                Objects.requireNonNull(byId.get(tested)),
                given,
                fixture(),
                new UnitTest.Overrides(in.map(), in.map(), in.map()),
                in.map());
    }

    private Fixture fixture() {
        return new Fixture(
                in.text(), in.text(), in.list(in::map), in.textOrNull(), in.textOrNull(), resources.position());
    }

    private Map<NodeId, SourceArgs> undeclared() {
        Map<NodeId, SourceArgs> undeclared = new LinkedHashMap<>();
        int count = in.number();
        for (int i = 0; i < count; i++) {
            NodeId id = resources.id();
            undeclared.put(id, resources.sourceCall());
        }
        return undeclared;
    }

    private MillraceException warning() {
        ErrorCode code = ErrorCode.valueOf(in.text());
        String text = in.text();
        @Nullable Position position = in.bool() ? resources.position() : null;
        return new MillraceException(code, text, position, in.textOrNull(), null);
    }
}
