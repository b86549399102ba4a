package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.jinja.Definition;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Resource;
import java.util.ArrayList;
import java.util.List;

/** Parses snapshots, which stand in blocks of SQL files or, with a relation to watch, in YAML files. */
final class SnapshotParser {
    private static final List<String> DELETES = List.of("ignore", "invalidate", "new_record");

    private final Parsing parsing;
    private final SqlParser sql;

    SnapshotParser(Parsing parsing, SqlParser sql) {
        this.parsing = parsing;
        this.sql = sql;
    }

    /** The snapshots of a package; what is wrong with one joins the problems. */
    List<Resource> parse(DbtPackage owner) {
        List<Resource> found = new ArrayList<>();
        for (SourceFile file : parsing.files().list(owner, owner.paths().snapshots(), List.of(".sql"))) {
            parsing.guard(file.stem(), () -> {
                for (Definition block :
                        MacroFiles.compile(file.text(), file.display()).definitions()) {
                    if (block.kind() == Definition.Kind.SNAPSHOT) {
                        parsing.guard(block.name(), () -> found.add(checked(block(file, block))));
                    }
                }
            });
        }
        for (Patch patch : parsing.yaml().entries("snapshots")) {
            if (patch.file().owner().equals(owner) && patch.map().has("relation")) {
                parsing.guard(patch.name(), () -> found.add(checked(watching(patch))));
            }
        }
        return found;
    }

    private Resource block(SourceFile file, Definition block) {
        Position position = new Position(
                file.display(), block.position().line(), block.position().column());
        Identity identity = identity(file, block.name(), position, file.stem());
        String text = "\n".repeat(position.line() - 1) + block.body().stripTrailing();
        return sql.parse(identity, text, file, "snapshots");
    }

    /** A snapshot without SQL of its own: every row of a relation. */
    private Resource watching(Patch patch) {
        Position position = patch.position();
        Identity identity =
                identity(patch.file(), patch.name(), position, patch.file().stem());
        String relation = patch.map().requireString("relation").strip();
        String text =
                "\n".repeat(patch.map().positionOf("relation").line() - 1) + "select * from {{ " + relation + " }}";
        return sql.parse(identity, text, patch.file(), "snapshots");
    }

    /** The file's name takes part in a snapshot's full name. */
    private static Identity identity(SourceFile file, String name, Position position, String stem) {
        List<String> fqn = new ArrayList<>();
        fqn.add(file.owner().name());
        fqn.addAll(List.of(file.folders()));
        fqn.add(stem);
        fqn.add(name);
        return new Identity(
                new NodeId(NodeKind.SNAPSHOT, file.owner().name(), name),
                file.owner(),
                name,
                file.relative(),
                file.original(),
                file.display(),
                fqn,
                position);
    }

    private static Resource checked(Resource snapshot) {
        Config config = snapshot.config();
        if (!config.enabled()) {
            return snapshot;
        }
        require(snapshot, "unique_key", "the column, or columns, that tell one row from another");
        require(snapshot, "strategy", "timestamp or check");
        switch (config.text("strategy", "")) {
            case "timestamp" -> require(snapshot, "updated_at", "the column that says when a row changed");
            case "check" -> require(snapshot, "check_cols", "the columns to compare, or 'all'");
            default -> {}
        }
        String deletes = config.text("hard_deletes");
        if (deletes != null && !DELETES.contains(deletes)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'hard_deletes' of " + snapshot.id() + " must be ignore, invalidate or new_record, but is '"
                            + deletes + "'",
                    snapshot.identity().position(),
                    Suggestion.hint(deletes, DELETES),
                    null);
        }
        return snapshot;
    }

    private static void require(Resource snapshot, String key, String what) {
        if (!snapshot.config().has(key)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    snapshot.id() + " has no '" + key + "'",
                    snapshot.identity().position(),
                    "Configure it: " + what + ".",
                    null);
        }
    }
}
