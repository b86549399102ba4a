package dev.millrace.server;

import java.util.Optional;

/**
 * What a node is written as.
 *
 * @param language {@code sql}, {@code yaml}, {@code java} …: how it is coloured
 * @param raw as it stands in the file
 * @param compiled what the warehouse is given, if that differs
 */
public record NodeCode(String language, String raw, Optional<String> compiled) {}
