package dev.millrace.testkit.shop;

/** How many rows of a table a round of changes added and altered. */
public record TableChange(String table, long inserted, long updated) {}
