package dev.millrace.broker.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a broker: its data, its log, the lock its process holds while it lives, and the port it was last ready
 * on.
 */
public final class BrokerFolder {
    private static final String LOCK = "broker.lock";
    private static final String READY = "broker.ready";
    private static final String PORT = "broker.port";
    private static final String CLUSTER = "cluster.id";
    /** How the line of the log begins that says why the process gave up. */
    static final String REASON = "cannot start: ";

    private final Path root;

    private BrokerFolder(Path root) {
        this.root = root;
    }

    /** The folder at {@code root}, made if it is missing. */
    public static BrokerFolder of(Path root) {
        try {
            Files.createDirectories(root);
            return new BrokerFolder(root);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.SOURCE_FAILED, "cannot create the folder of the Kafka broker: " + root, e);
        }
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("broker.log");
    }

    /** The lock of this folder, held until the process ends; null if another process holds it. */
    @Nullable
    FileLock lock() throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
        }
        return lock;
    }

    /** Says that the broker can be used. Told by the process that holds the lock. */
    void ready(int port) throws IOException {
        Files.writeString(root.resolve(READY), String.valueOf(port));
        Files.writeString(root.resolve(PORT), String.valueOf(port));
    }

    void notReady() throws IOException {
        Files.deleteIfExists(root.resolve(READY));
    }

    /**
     * The port of the broker that another process runs here, once it is ready; empty if none runs.
     *
     * @throws MillraceException TIMEOUT if one runs but does not become ready
     */
    public Optional<Integer> runningPort(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isLocked()) {
            Optional<Integer> port = number(READY);
            if (port.isPresent()) {
                return port;
            }
            if (System.nanoTime() > deadline) {
                throw new MillraceException(
                        ErrorCode.TIMEOUT,
                        "a Kafka broker runs in " + root + " but is not ready after " + patience.toSeconds() + " s");
            }
            pause();
        }
        return Optional.empty();
    }

    private boolean isLocked() {
        try {
            FileLock lock = lock();
            if (lock == null) {
                return true;
            }
            lock.channel().close();
            return false;
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.SOURCE_FAILED, "cannot lock the folder " + root, e);
        }
    }

    /** The wanted port; for 0 the one used last if it is free, or any that is. */
    public int port(int wanted) {
        if (wanted != 0) {
            return wanted;
        }
        int last = number(PORT).orElse(0);
        return isFree(last) ? last : freePort();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.SOURCE_FAILED, "no port is free on this machine", e);
        }
    }

    static boolean isFree(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Why the last process gave up, or else the last line of its log. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log()).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.stream()
                    .filter(line -> line.startsWith(REASON))
                    .map(line -> line.substring(REASON.length()))
                    .findFirst()
                    .orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
        } catch (IOException e) {
            return "";
        }
    }

    /** The identity of the cluster: chosen once and kept, so that formatting that was cut off can be done again. */
    String clusterId(String fresh) throws IOException {
        Path file = root.resolve(CLUSTER);
        if (Files.isRegularFile(file)) {
            return Files.readString(file).trim();
        }
        Path next = root.resolve(CLUSTER + ".new");
        Files.writeString(next, fresh);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        return fresh;
    }

    private Optional<Integer> number(String file) {
        try {
            String text = Files.readString(root.resolve(file)).trim();
            return text.matches("\\d{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }
}
