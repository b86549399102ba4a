package dev.millrace.transform.internal.parse;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses seeds: CSV files that become tables. */
final class SeedParser {
    /** Beyond this size dbt takes the path for the content's checksum, so that parsing does not read large files. */
    private static final long LARGE = 1 << 20;

    private final Parsing parsing;

    SeedParser(Parsing parsing) {
        this.parsing = parsing;
    }

    Resource parse(SourceFile file) {
        Identity identity = Parsing.identity(NodeKind.SEED, file, file.stem());
        Optional<Patch> patch = parsing.yaml().patch("seeds", file.owner().name(), identity.name());
        Config config = parsing.configs()
                .resolve(
                        NodeKind.SEED,
                        file.owner(),
                        identity.fqn(),
                        patch.map(p -> PropertiesReader.config(p.map())).orElse(Map.of()),
                        List.of());
        return new Resource(
                identity,
                patch.map(parsing.properties()::read).orElse(Properties.NONE),
                config,
                Dependencies.NONE,
                parsing.naming().name(identity, config),
                "",
                checksum(file),
                null,
                null);
    }

    private static String checksum(SourceFile file) {
        Path path = file.path();
        return path.toFile().length() > LARGE
                ? Parsing.sha256(file.original())
                : Parsing.sha256(new String(file.bytes(), StandardCharsets.UTF_8).strip());
    }
}
