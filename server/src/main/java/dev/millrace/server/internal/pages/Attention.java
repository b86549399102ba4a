package dev.millrace.server.internal.pages;

import java.time.Instant;
import java.util.Optional;

/**
 * Something on the home page that somebody should look at.
 *
 * @param tone as {@link Ui#tone} has it
 * @param label what kind of thing it is
 * @param link of its page
 * @param detail what is wrong, on one line
 * @param retry the run to try again, if that may help
 */
public record Attention(
        String tone, String label, String title, String link, String detail, Instant at, Optional<String> retry) {}
