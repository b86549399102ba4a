package dev.millrace.server.internal.openlineage;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.server.OpenLineageSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to a file and posts them to an address, in order, on a thread of its own. Events that cannot be
 * delivered, or that come faster than they leave, are dropped and told once. Thread-safe.
 */
public final class EventSender implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final int ATTEMPTS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long CLOSE_SECONDS = 10;

    private final OpenLineageSettings settings;
    private final Consumer<MillraceException> problems;
    private final AtomicBoolean told = new AtomicBoolean();
    private final ExecutorService thread;

    // Made when the first event is posted; owned by the thread.
    private @Nullable HttpClient client;

    public EventSender(OpenLineageSettings settings, Consumer<MillraceException> problems) {
        this.settings = settings;
        this.problems = problems;
        this.thread =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread made = new Thread(task, "openlineage");
                    made.setDaemon(true);
                    return made;
                });
    }

    /** @param event made on the thread that sends it, as it may have to look into the warehouse */
    void send(Supplier<String> event) {
        try {
            thread.execute(() -> deliver(event));
        } catch (RejectedExecutionException e) {
            tell(new MillraceException(
                    ErrorCode.DESTINATION_FAILED, "OpenLineage events come faster than they can be delivered", e));
        }
    }

    private void deliver(Supplier<String> event) {
        try {
            String json = event.get();
            if (settings.file().isPresent()) {
                append(settings.file().get(), json);
            }
            if (settings.url().isPresent()) {
                post(settings.url().get(), json);
            }
        } catch (MillraceException e) {
            tell(e);
        }
    }

    private static void append(Path file, String json) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.DESTINATION_FAILED, "OpenLineage events cannot be written to " + file, e);
        }
    }

    private void post(URI url, String json) {
        HttpClient http = client;
        if (http == null) {
            http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
            client = http;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        settings.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        for (int attempt = 1; ; attempt++) {
            try {
                int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status < 300) {
                    return;
                }
                if (status < 500 || attempt == ATTEMPTS) {
                    throw new MillraceException(
                            ErrorCode.DESTINATION_FAILED, url.getHost() + " answers OpenLineage events with " + status);
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new MillraceException(
                            ErrorCode.DESTINATION_FAILED, "OpenLineage events cannot be sent to " + url.getHost(), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
            }
        }
    }

    private void tell(MillraceException problem) {
        if (told.compareAndSet(false, true)) {
            problems.accept(problem);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
