package dev.millrace.transform.internal.resource;

/** A {@code {% docs name %}} block. */
public record DocBlock(String name, String packageName, String path, String originalPath, String contents) {}
