package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A {@code millrace up} that runs for a project, as its other commands find it: in {@code .millrace/up.json}. Only its
 * process holds the warehouse then, so they ask it.
 *
 * @param token what the project's other commands show it; empty if it asks for none
 */
record RunningServer(long pid, URI url, String token) {
    private static final int CONNECT_MILLIS = 2_000;
    private static final Path FILE = Path.of(".millrace", "up.json");

    /** The one that runs for the project in {@code root}, if there is one. */
    static Optional<RunningServer> of(Path root) {
        Path file = root.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readString(file));
            RunningServer server = new RunningServer(
                    json.path("pid").asLong(),
                    URI.create(json.path("url").asText()),
                    json.path("token").asText());
            boolean alive =
                    ProcessHandle.of(server.pid).map(ProcessHandle::isAlive).orElse(false);
            boolean own = server.pid == ProcessHandle.current().pid();
            return alive && !own && server.listens() ? Optional.of(server) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether anybody is there: after a crash the process id may belong to another program. */
    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets the other commands of the project in {@code root} find this one. */
    void announce(Path root) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("pid", pid);
            json.writeStringField("url", url.toString());
            json.writeStringField("token", token);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Path file = root.resolve(FILE);
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "up", ".json");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(fresh, text.toString());
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UnsupportedOperationException e) {
            throw new MillraceException(ErrorCode.USAGE, "cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Takes back what {@link #announce} said. */
    static void withdraw(Path root) {
        try {
            Files.deleteIfExists(root.resolve(FILE));
        } catch (IOException e) {
            // The process ends; without it the file means nothing.
            return;
        }
    }
}
