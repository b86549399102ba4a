package dev.millrace.broker.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * The broker's process: folder, port, and {@code key=value} properties as arguments. It ends with its standard input.
 */
public final class BrokerMain {
    private static final long SHUTDOWN_MILLIS = 5_000;

    private BrokerMain() {}

    public static void main(String[] arguments) {
        PrintStream parent = System.out;
        System.setOut(System.err);
        try {
            run(arguments, parent);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            System.err.println(BrokerFolder.REASON + e);
            System.exit(1);
        }
    }

    private static void run(String[] arguments, PrintStream parent) throws Exception {
        Path root = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        BrokerFolder folder = BrokerFolder.of(root);
        FileLock lock = folder.lock();
        if (lock == null) {
            throw new IllegalStateException("another broker runs in " + root);
        }
        folder.notReady();
        Map<String, String> properties = BrokerProperties.of(folder.data(), port, BrokerFolder.freePort());
        Arrays.stream(arguments).skip(2).forEach(pair -> {
            int at = pair.indexOf('=');
            properties.put(pair.substring(0, at), pair.substring(at + 1));
        });
        format(folder);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        Thread watch = new Thread(() -> stopWithParent(folder, server), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        server.startup();
        folder.ready(port);
        parent.write((BrokerProcess.READY + "\n").getBytes(StandardCharsets.UTF_8));
        parent.flush();
        server.awaitShutdown();
        System.exit(lock.isValid() ? 0 : 1);
    }

    private static void format(BrokerFolder folder) throws Exception {
        String data = folder.data().toString();
        Files.createDirectories(folder.data());
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(folder.clusterId(Uuid.randomUuid().toString()))
                    .setNodeId(BrokerProperties.NODE_ID)
                    .addDirectory(data)
                    .setMetadataLogDirectory(data)
                    .setControllerListenerName(BrokerProperties.CONTROLLER)
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    private static void stopWithParent(BrokerFolder folder, KafkaRaftServer server) {
        readToEnd();
        Thread last = new Thread(() -> halt(), "kill");
        last.setDaemon(true);
        last.start();
        try {
            folder.notReady();
        } catch (IOException e) {
            System.err.println(e);
        }
        server.shutdown();
        Runtime.getRuntime().halt(0);
    }

    private static void readToEnd() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said here; only the end counts.
            }
        } catch (IOException gone) {
            // The parent is gone.
        }
    }

    private static @Nullable Void halt() {
        try {
            Thread.sleep(SHUTDOWN_MILLIS);
        } catch (InterruptedException e) {
            // Then at once.
        }
        Runtime.getRuntime().halt(1);
        return null;
    }
}
