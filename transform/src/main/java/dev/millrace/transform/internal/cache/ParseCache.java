package dev.millrace.transform.internal.cache;

import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.transform.internal.context.ParseInputs;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileStamp;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The last parse of a project, in {@code target/millrace/}. It counts as long as nothing it depends on has changed, and
 * in any doubt it does not. Like dbt's partial parsing, {@code DBT_PARTIAL_PARSE=false} has it written but not read.
 */
public final class ParseCache {
    private static final byte[] MAGIC = "millrace parse 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_BYTES = 32;
    private static final int START = MAGIC.length + HASH_BYTES + Long.BYTES;

    private final Path file;
    private final byte[] fingerprint;
    private final List<DbtPackage> packages;
    private final Map<String, String> environment;

    private ParseCache(Path file, byte[] fingerprint, List<DbtPackage> packages, Map<String, String> environment) {
        this.file = file;
        this.fingerprint = fingerprint;
        this.packages = packages;
        this.environment = environment;
    }

    /** @param anywhere a relation in the target's warehouse, database and schema */
    public static Optional<ParseCache> of(Project project, List<DbtPackage> packages, RelationName anywhere) {
        if (packages.stream().map(DbtPackage::name).distinct().count() < packages.size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ParseCache(
                    project.cacheDir().resolve("parse.bin"),
                    Fingerprint.of(project, packages, anywhere),
                    packages,
                    project.invocation().environment()));
        } catch (NotCacheable | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * @param changed the files, by the path that people see, that may have other contents than they had
     * @param variables of the environment that were asked for
     */
    public record LastParse(ParseSnapshot snapshot, Set<String> changed, Set<String> variables) {}

    /** What the last parse came to, if there are the same files now and all but their contents is as it was. */
    public Optional<LastParse> read(Map<String, FileStamp> files) {
        if (!wanted()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            if (!isMine(bytes)) {
                return Optional.empty();
            }
            CacheReader in = CacheReader.of(bytes, START);
            Optional<Set<String>> changed = changed(in, files);
            if (changed.isEmpty()) {
                return Optional.empty();
            }
            String salt = in.text();
            Map<String, @Nullable Object> variables = in.map();
            return sameEnvironment(salt, variables)
                    ? Optional.of(new LastParse(SnapshotReader.read(in, packages), changed.get(), variables.keySet()))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Broken, or gone meanwhile: then the project is parsed.
            return Optional.empty();
        }
    }

    private boolean wanted() {
        String said = environment.getOrDefault("DBT_PARTIAL_PARSE", "true").strip();
        return !(said.equalsIgnoreCase("false")
                || said.equals("0")
                || said.equalsIgnoreCase("f")
                || said.equalsIgnoreCase("n")
                || said.equalsIgnoreCase("no")
                || said.equalsIgnoreCase("off"));
    }

    private boolean isMine(byte[] bytes) {
        if (bytes.length < START
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || !Arrays.equals(bytes, MAGIC.length, MAGIC.length + HASH_BYTES, fingerprint, 0, HASH_BYTES)) {
            return false;
        }
        long sum = ByteBuffer.wrap(bytes, MAGIC.length + HASH_BYTES, Long.BYTES).getLong();
        return sum == checksum(bytes, START);
    }

    private static long checksum(byte[] bytes, int start) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, start, bytes.length - start);
        return sum.getValue();
    }

    /**
     * Keeps what a parse came to, unless it depends on something that is another each time.
     *
     * @param variables of the environment that were asked for before, for what was not parsed again
     */
    public void write(ParseSnapshot snapshot, Map<String, FileStamp> files, ParseInputs inputs, Set<String> variables) {
        if (inputs.passing()) {
            return;
        }
        Set<String> asked = new HashSet<>(variables);
        asked.addAll(inputs.variables());
        try {
            CacheWriter out = new CacheWriter();
            writeFiles(out, files);
            writeEnvironment(out, asked);
            SnapshotWriter.write(snapshot, out);
            save(out.toBytes());
        } catch (IOException | NotCacheable e) {
            // The next command parses again, that is all.
            delete();
        }
    }

    private void save(byte[] body) throws IOException {
        Files.createDirectories(file.getParent());
        // Commands that end at the same moment write the same file.
        Path partial = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try (OutputStream out = Files.newOutputStream(partial)) {
            out.write(MAGIC);
            out.write(fingerprint);
            out.write(ByteBuffer.allocate(Long.BYTES).putLong(checksum(body, 0)).array());
            out.write(body);
        }
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What is there is of other files, and is not believed.
            return;
        }
    }

    private static void writeFiles(CacheWriter out, Map<String, FileStamp> files) {
        out.list(files.entrySet(), entry -> {
            FileStamp stamp = entry.getValue();
            out.text(entry.getKey());
            out.longNumber(stamp.sizeBytes());
            out.longNumber(stamp.modifiedNanos());
            out.longNumber(stamp.changedNanos());
            out.longNumber(stamp.inode());
            out.bool(stamp.settled());
        });
    }

    /** Those that may have changed; empty if there are other files than there were. */
    private static Optional<Set<String>> changed(CacheReader in, Map<String, FileStamp> files) {
        Set<String> changed = new HashSet<>();
        int count = in.number();
        for (int i = 0; i < count; i++) {
            String path = in.text();
            FileStamp now = files.get(path);
            FileStamp then =
                    new FileStamp(in.longNumber(), in.longNumber(), in.longNumber(), in.longNumber(), in.bool());
            if (now == null) {
                return Optional.empty();
            }
            if (!now.sameAs(then)) {
                changed.add(path);
            }
        }
        return count == files.size() ? Optional.of(changed) : Optional.empty();
    }

    /** Values may be secret: they are kept as hashes, with a salt. */
    private void writeEnvironment(CacheWriter out, Set<String> variables) {
        String salt = UUID.randomUUID().toString();
        out.text(salt);
        Map<String, String> hashes = new TreeMap<>();
        variables.forEach(name -> hashes.put(name, hash(salt, environment.get(name))));
        out.map(hashes);
    }

    private boolean sameEnvironment(String salt, Map<String, @Nullable Object> variables) {
        return variables.entrySet().stream()
                .allMatch(entry -> hash(salt, environment.get(entry.getKey())).equals(entry.getValue()));
    }

    private static String hash(String salt, @Nullable String value) {
        byte[] bytes = (salt + (value == null ? "-" : "=" + value)).getBytes(StandardCharsets.UTF_8);
        return Arrays.toString(Fingerprint.sha256(bytes));
    }
}
