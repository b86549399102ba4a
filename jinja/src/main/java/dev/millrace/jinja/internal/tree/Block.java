package dev.millrace.jinja.internal.tree;

import java.util.List;

/** Statements one after another. */
public final class Block extends Stmt {
    private final Stmt[] statements;

    public Block(List<Stmt> statements) {
        this.statements = statements.toArray(Stmt[]::new);
    }

    @Override
    Flow exec(Frame frame, Output out) {
        for (Stmt statement : statements) {
            Flow flow = statement.exec(frame, out);
            if (flow != Flow.NORMAL) {
                return flow;
            }
        }
        return Flow.NORMAL;
    }
}
