package dev.millrace.testkit.shop;

/**
 * Something that happened in the shop's web site.
 *
 * @param sessionId whose events are to stay in order: the key of the message
 * @param json the event as one JSON object
 */
public record WebEvent(String sessionId, String json) {}
