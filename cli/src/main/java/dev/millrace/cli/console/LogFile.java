package dev.millrace.cli.console;

import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * {@code logs/millrace.log}: every event at debug level, and at most two files of ten megabytes. A log that cannot be
 * written never stops a run. Used by one thread at a time.
 */
public final class LogFile implements RunListener, AutoCloseable {
    private static final String NAME = "millrace.log";
    private static final long MAX_BYTES = 10_000_000;

    private final Narrator narrator;
    private @Nullable BufferedWriter writer;

    private LogFile(Narrator narrator, @Nullable BufferedWriter writer) {
        this.narrator = narrator;
        this.writer = writer;
    }

    static LogFile in(Path folder, Narrator narrator) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(NAME);
            if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
                Files.move(file, folder.resolve(NAME + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return new LogFile(
                    narrator,
                    Files.newBufferedWriter(
                            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            // A folder that may not be written to: the run goes on without its log.
            return new LogFile(narrator, null);
        }
    }

    @Override
    public void on(RunEvent event) {
        BufferedWriter open = writer;
        if (open == null) {
            return;
        }
        try {
            for (String line : narrator.lines(event)) {
                open.write(line);
                open.write('\n');
            }
            if (!(event instanceof RunEvent.NodeStarted)) {
                open.flush();
            }
        } catch (IOException e) {
            writer = null;
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close the log file", e);
            }
        }
    }
}
