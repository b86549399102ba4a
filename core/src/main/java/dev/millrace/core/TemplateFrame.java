package dev.millrace.core;

/**
 * A macro that was running when an error came up.
 *
 * @param call its name and what it was called with: {@code cents(column='amount')}; long values are cut
 * @param calledAt where the call stands
 */
public record TemplateFrame(String call, Position calledAt) {}
