package dev.millrace.ingest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.ingest.source.SourceStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What sources offered when they were last asked, one file per source in the project's cache folder, so that a command
 * that only looks needs no server. Holds no secret. A file that cannot be read counts as none.
 */
final class DiscoveryCache {
    /** Made when it is needed: most commands of most projects discover nothing. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private final Path folder;

    DiscoveryCache(Path folder) {
        this.folder = folder;
    }

    /**
     * @param fingerprint of the settings that the answer belongs to
     * @param wanted what was asked for, in lower case; empty if everything was
     */
    record Entry(String fingerprint, Set<String> wanted, List<SourceStream> streams) {}

    Optional<Entry> read(String source, String identity) {
        Path file = file(source);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Entry entry = Json.MAPPER.readValue(file.toFile(), Entry.class);
            return entry.fingerprint().equals(fingerprint(identity)) ? Optional.of(entry) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Best effort: without a cache the next command asks again. */
    void write(String source, String identity, Set<String> wanted, List<SourceStream> streams) {
        Path file = file(source);
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "discovery", ".tmp");
            Files.writeString(temporary, json(new Entry(fingerprint(identity), wanted, streams)));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // The folder cannot be written: the streams are discovered again next time.
            return;
        }
    }

    private static String json(Entry entry) throws JsonProcessingException {
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entry);
    }

    private Path file(String source) {
        String plain = source.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        return folder.resolve(plain + "-" + fingerprint(source).substring(0, 8) + ".json");
    }

    private static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
