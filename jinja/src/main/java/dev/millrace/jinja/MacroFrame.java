package dev.millrace.jinja;

/**
 * One level of the macro stack of an error.
 *
 * @param macro name of the macro that was running
 * @param calledAt where it was called
 * @param arguments what it was called with, each as {@code name=value}, long values cut
 */
public record MacroFrame(String macro, Position calledAt, String arguments) {}
