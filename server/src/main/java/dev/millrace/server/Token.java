package dev.millrace.server;

import dev.millrace.core.Secret;

/**
 * Who may use the server.
 *
 * @param name who holds it, for people
 * @param secret what the holder sends
 */
public record Token(String name, Role role, Secret secret) {}
