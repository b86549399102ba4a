package dev.millrace.activate.internal.destination;

/**
 * A record whose row left the model.
 *
 * @param key of the row, as text
 * @param id as {@link Outcome.Accepted} gave it
 * @param token the same for the same deletion, however often it is asked for
 */
public record Departure(String key, String id, String token) {}
