package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.transform.internal.cache.ParseCache;
import dev.millrace.transform.internal.cache.ParseSnapshot;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileStamp;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Group;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SemanticNode;
import dev.millrace.transform.internal.resource.SourceTable;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads all files of a dbt project and its packages. One parser reads one project; not thread-safe. */
public final class ProjectParser {
    private final ProjectContext context;
    private final List<DbtPackage> packages;
    private final ProblemList problems;
    private final Map<String, Map<String, Macro>> macros;
    private final @Nullable Reuse reuse;
    private final List<Resource> found = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<Resource> disabled = new ArrayList<>();
    /** With their dependencies, by the object that was parsed: two tests may be equal. */
    private final IdentityHashMap<Resource, Resource> resolved = new IdentityHashMap<>();

    private final List<SourceTable> sources = new ArrayList<>();
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<SemanticNode> semantics = new ArrayList<>();
    private final DocRenderer docs;
    private final SchemaFiles yaml;
    private final Parsing parsing;
    private final String warehouse;

    private ProjectParser(
            Project project,
            FileTree files,
            List<DbtPackage> packages,
            Map<String, Map<String, Macro>> macros,
            ProblemList problems,
            RelationName anywhere,
            @Nullable Reuse reuse) {
        this.problems = problems;
        this.reuse = reuse;
        this.macros = macros;
        this.packages = packages;
        this.context = new ProjectContext(
                project,
                packages,
                PackageSet.macros(project, packages, macros),
                anywhere.database(),
                anywhere.schema());
        this.warehouse = anywhere.warehouse();
        this.docs = new DocRenderer(context::yamlGlobals, problems);
        this.yaml = new SchemaFiles(files, context::yamlGlobals, problems);
        this.parsing = new Parsing(
                context,
                files,
                yaml,
                new ConfigResolver(packages.get(0)),
                new RelationNaming(context, warehouse),
                new PropertiesReader(docs),
                problems,
                problems::warn,
                ConcurrentHashMap.newKeySet());
    }

    /**
     * Parses the project.
     *
     * @param anywhere a relation in the target's warehouse, database and schema
     */
    public static ParsedProject parse(Project project, RelationName anywhere) {
        List<DbtPackage> packages = PackageSet.load(project);
        FileTree files = new FileTree(project);
        Map<String, FileStamp> stamps = files.stamps(packages);
        Optional<ParseCache> cache = ParseCache.of(project, packages, anywhere);
        Optional<ParseCache.LastParse> last = cache.flatMap(kept -> kept.read(stamps));
        if (last.isPresent() && last.get().changed().isEmpty()) {
            return KnownProject.of(last.get().snapshot(), project, packages, anywhere);
        }
        Optional<Reuse> reuse = last.flatMap(kept -> Reuse.of(kept, packages, files));
        if (reuse.isPresent()) {
            try {
                Map<String, Map<String, Macro>> macros = reuse.get().macros();
                ProjectParser parser =
                        new ProjectParser(project, files, packages, macros, new ProblemList(), anywhere, reuse.get());
                return parser.parse(cache, stamps, last.get().variables());
            } catch (Reuse.Stale moreHasChanged) {
                return parse(project, packages, files, anywhere, cache, stamps);
            }
        }
        return parse(project, packages, files, anywhere, cache, stamps);
    }

    /** Parses every file. */
    private static ParsedProject parse(
            Project project,
            List<DbtPackage> packages,
            FileTree files,
            RelationName anywhere,
            Optional<ParseCache> cache,
            Map<String, FileStamp> stamps) {
        ProblemList problems = new ProblemList();
        Map<String, Map<String, Macro>> macros = PackageSet.written(files, packages, problems);
        ProjectParser parser = new ProjectParser(project, files, packages, macros, problems, anywhere, null);
        return parser.parse(cache, stamps, Set.of());
    }

    private ParsedProject parse(Optional<ParseCache> cache, Map<String, FileStamp> stamps, Set<String> variables) {
        ParsedProject parsed = parse();
        if (cache.isPresent() && parsed.problems().isEmpty()) {
            cache.get().write(snapshot(parsed), stamps, context.inputs(), variables);
        }
        return parsed;
    }

    private ParsedProject parse() {
        if (reuse != null) {
            reuse.docs().forEach(docs::add);
        }
        for (DbtPackage owner : packages) {
            if (reuse == null) {
                parsing.guard(() -> DocFiles.read(parsing.files(), owner, docs, problems));
            }
            yaml.read(owner, this::reads);
        }
        if (reuse != null) {
            reuse.confirmEntries(described());
        }
        packages.forEach(this::readFiles);
        if (reuse != null) {
            reuse.confirmResources(found);
        }
        YamlResources declared = new YamlResources(parsing, warehouse, reuse, resources, disabled);
        declared.read();
        sources.addAll(declared.sources());
        exposures.addAll(declared.exposures());
        semantics.addAll(declared.semantics());
        declared.tests().forEach(this::add);
        List<Resource> startHooks = new ArrayList<>();
        List<Resource> endHooks = new ArrayList<>();
        HookParser hooks = new HookParser(parsing);
        for (DbtPackage owner : packages) {
            startHooks.addAll(hooks.parse(owner, "on-run-start"));
            endHooks.addAll(hooks.parse(owner, "on-run-end"));
        }
        return resolve(startHooks, endHooks);
    }

    private boolean reads(String patchPath) {
        return reuse == null || reuse.reads(patchPath);
    }

    private Map<String, List<String>> described() {
        Map<String, List<String>> all = new LinkedHashMap<>(yaml.described());
        if (reuse != null) {
            all.replaceAll((path, entries) -> reuse.reads(path) ? entries : reuse.entries(path));
        }
        return all;
    }

    private Optional<Resource> known(NodeKind kind, SourceFile file) {
        return reuse == null ? Optional.empty() : reuse.resource(kind, file);
    }

    private void readFiles(DbtPackage owner) {
        FileTree files = parsing.files();
        SqlParser sql = new SqlParser(parsing);
        add(sql, NodeKind.MODEL, files.list(owner, owner.paths().models(), List.of(".sql")), "models");
        for (SourceFile file : files.list(owner, owner.paths().models(), List.of(".py"))) {
            problems.warn(new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "models in Python are not supported: " + file.name() + " is left out",
                    file.position(),
                    "Write it in SQL, or move it out of the models folder.",
                    null));
        }
        add(sql, NodeKind.ANALYSIS, files.list(owner, owner.paths().analyses(), List.of(".sql")), "analyses");
        // The others define generic tests, or are the rows of unit tests.
        List<SourceFile> singular = files.list(owner, owner.paths().tests(), List.of(".sql")).stream()
                .filter(file -> !file.relative().startsWith("generic/")
                        && !file.relative().startsWith("fixtures/"))
                .toList();
        add(sql, NodeKind.TEST, singular, "data_tests");
        new SnapshotParser(parsing, sql).parse(owner).forEach(this::add);
        SeedParser seeds = new SeedParser(parsing);
        for (SourceFile file : files.list(owner, owner.paths().seeds(), List.of(".csv"))) {
            parsing.guard(file.stem(), () -> add(known(NodeKind.SEED, file).orElseGet(() -> seeds.parse(file))));
        }
    }

    private void add(SqlParser sql, NodeKind kind, List<SourceFile> files, String section) {
        problems.map(files, file -> known(kind, file).or(() -> sql.tryParse(kind, file, section)))
                .forEach(resource -> resource.ifPresent(this::add));
    }

    private void add(Resource resource) {
        found.add(resource);
        (resource.config().enabled() ? resources : disabled).add(resource);
    }

    private ParsedProject resolve(List<Resource> startHooks, List<Resource> endHooks) {
        reportDuplicates();
        Manifest written = manifest(resources, exposures, semantics);
        ReferenceResolver resolver =
                new ReferenceResolver(written, parsing.project().name(), parsing.broken(), problems);
        for (Resource resource : resources) {
            Optional<Dependencies> dependencies = resolver.resolve(resource.identity(), resource.dependencies());
            if (dependencies.isPresent()) {
                resolved.put(resource, resource.with(dependencies.get()));
            } else {
                disabled.add(resource);
            }
        }
        SemanticResolver meanings =
                new SemanticResolver(written, semantics, parsing.project().name(), parsing.warnings());
        List<Exposure> uses = new ArrayList<>();
        for (Exposure exposure : exposures) {
            resolver.resolve(exposure.identity(), exposure.dependencies())
                    .ifPresent(dependencies -> uses.add(exposure.with(
                            dependencies.and(meanings.metrics(exposure.metrics(), exposure.identity())))));
        }
        Manifest known = manifest(
                resources.stream()
                        .filter(resolved::containsKey)
                        .map(resolved::get)
                        .toList(),
                uses,
                semantics.stream().map(node -> meanings.resolve(node, resolver)).toList());
        Access access = new Access(parsing, known);
        List<Group> groups = access.groups();
        access.check(groups);
        MicrobatchCheck.inputs(known, parsing);
        new Deprecations(parsing, known, LocalDate.now(ZoneOffset.UTC)).warn();
        return new ParsedProject(
                context,
                known,
                resolver.undeclared(),
                new UnitTestParser(parsing, known).parse(),
                groups,
                resolved(startHooks, resolver),
                resolved(endHooks, resolver),
                problems.copy(),
                problems.warnings(),
                UUID.randomUUID().toString(),
                reuse == null ? ParsedProject.Origin.FILES : ParsedProject.Origin.CHANGED_FILES);
    }

    private ParseSnapshot snapshot(ParsedProject parsed) {
        return new ParseSnapshot(
                parsed.parseId(),
                described(),
                macros,
                docs.blocks(),
                found.stream()
                        .map(resource -> new ParseSnapshot.Found(
                                resolved.getOrDefault(resource, resource), resolved.containsKey(resource)))
                        .toList(),
                List.copyOf(sources),
                List.copyOf(parsed.manifest().exposures().values()),
                List.copyOf(parsed.manifest().semantics().values()),
                parsed.groups(),
                parsed.unitTests(),
                parsed.undeclared(),
                parsed.startHooks(),
                parsed.endHooks(),
                parsed.warnings());
    }

    private static List<Resource> resolved(List<Resource> hooks, ReferenceResolver resolver) {
        return hooks.stream()
                .map(hook -> hook.with(
                        resolver.resolve(hook.identity(), hook.dependencies()).orElse(hook.dependencies())))
                .toList();
    }

    private Manifest manifest(List<Resource> all, List<Exposure> uses, List<SemanticNode> meanings) {
        return new Manifest(
                all,
                sources.stream().filter(table -> table.config().enabled()).toList(),
                uses,
                meanings,
                disabled,
                docs.blocks());
    }

    /** Two files of one name make one id; the graph would only see the first. */
    private void reportDuplicates() {
        Map<NodeId, Resource> seen = new HashMap<>();
        for (Resource resource : resources) {
            Resource other = seen.putIfAbsent(resource.id(), resource);
            if (other != null && resource.test() == null) {
                problems.accept(new MillraceException(
                        ErrorCode.NODE_DUPLICATE,
                        "two files define " + resource.id() + "; the other is "
                                + other.identity().display(),
                        resource.identity().position(),
                        "Rename or disable one of them.",
                        null));
            }
        }
        Map<NodeId, SourceTable> tables = new HashMap<>();
        for (SourceTable table : sources) {
            SourceTable other = table.config().enabled()
                    ? tables.putIfAbsent(table.identity().id(), table)
                    : null;
            if (other != null) {
                problems.accept(new MillraceException(
                        ErrorCode.NODE_DUPLICATE,
                        table.identity().id() + " is declared twice; the other stands at "
                                + other.identity().position(),
                        table.identity().position(),
                        "Merge the two entries.",
                        null));
            }
        }
    }
}
