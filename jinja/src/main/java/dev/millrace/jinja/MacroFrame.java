package dev.millrace.jinja;

/**
 * One level of the macro stack of an error.
 *
 * @param macro name of the macro that was running
 * @param calledAt where it was called
 */
public record MacroFrame(String macro, Position calledAt) {}
