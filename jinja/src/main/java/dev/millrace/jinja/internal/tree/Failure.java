package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Position;
import java.util.ConcurrentModificationException;

/** Gives what was thrown inside a node that node's position. */
final class Failure {
    private Failure() {}

    static JinjaException at(RuntimeException thrown, Position position) {
        if (thrown instanceof JinjaException error) {
            return error.at(position);
        } else if (thrown instanceof ConcurrentModificationException) {
            return new JinjaException(
                    JinjaException.Kind.RUNTIME, "collection changed size during iteration", position, thrown);
        }
        String message = thrown.getMessage();
        return new JinjaException(
                JinjaException.Kind.HOST,
                message == null ? thrown.getClass().getSimpleName() : message,
                position,
                thrown);
    }
}
